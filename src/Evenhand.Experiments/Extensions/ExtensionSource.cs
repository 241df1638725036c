using Evenhand.Configuration;
using Evenhand.Data.Loading;

namespace Evenhand.Experiments.Extensions;

/// <summary>Where what extensions add comes from: whether their assemblies may be loaded.</summary>
public abstract class ExtensionSource
{
    private protected ExtensionSource()
    {
    }

    /// <summary>Loads what an experiment file names: for files that the user names.</summary>
    public static ExtensionSource Named { get; } = new NamedAssemblies();

    /// <summary>Loads an assembly only where it is the one with which the study was made, or the user names
    /// it.</summary>
    /// <param name="recorded">What the study has kept.</param>
    /// <param name="allowed">Paths that the user names.</param>
    public static ExtensionSource Recorded(
        IReadOnlyList<ExtensionRecord> recorded, IReadOnlyList<string>? allowed = null) =>
        new RecordedAssemblies(recorded, [.. (allowed ?? []).Select(Path.GetFullPath)]);

    /// <summary>Loads no assembly: what a study has kept of them stands for them. For reading a study.</summary>
    /// <param name="recorded">What the study has kept.</param>
    public static ExtensionSource Unloaded(IReadOnlyList<ExtensionRecord> recorded) => new NoAssemblies(recorded);

    /// <summary>The registry with what an assembly adds.</summary>
    /// <param name="path">Full path of the assembly, as the experiment names it.</param>
    /// <param name="registry">The registry before.</param>
    /// <exception cref="InputException">It cannot be loaded, or may not.</exception>
    internal abstract (Registry Registry, ExtensionRecord Record) Add(string path, Registry registry);

    private sealed class NamedAssemblies : ExtensionSource
    {
        internal override (Registry Registry, ExtensionRecord Record) Add(string path, Registry registry) =>
            ExtensionLoader.Load(path, registry);
    }

    private sealed class RecordedAssemblies(IReadOnlyList<ExtensionRecord> recorded, IReadOnlyList<string> allowed)
        : ExtensionSource
    {
        internal override (Registry Registry, ExtensionRecord Record) Add(string path, Registry registry)
        {
            var known = recorded.FirstOrDefault(extension => extension.Path == path);
            if (!allowed.Contains(path)
                && File.Exists(path)
                && FileHashes.OfFile(path, default) is var hash
                && hash != known?.Sha256)
            {
                throw new InputException(
                    $"{path} is not the assembly with which the study was made (SHA-256 {hash[..12]}..., then "
                    + $"{known?.Sha256[..12] ?? "none"}...). To use it as it is, name it: --extension {path}");
            }

            return ExtensionLoader.Load(path, registry);
        }
    }

    private sealed class NoAssemblies(IReadOnlyList<ExtensionRecord> recorded) : ExtensionSource
    {
        internal override (Registry Registry, ExtensionRecord Record) Add(string path, Registry registry)
        {
            var known = recorded.FirstOrDefault(extension => extension.Path == path)
                ?? throw new InputException($"the study has kept nothing of {path}");
            var extended = registry.Copy();
            known.AddUnavailable(extended);
            return (extended, known);
        }
    }
}
