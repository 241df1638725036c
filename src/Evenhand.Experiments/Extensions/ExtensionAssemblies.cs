using Evenhand.Configuration;

namespace Evenhand.Experiments.Extensions;

/// <summary>Extensions that a program takes from files.</summary>
public static class ExtensionAssemblies
{
    /// <summary>A registry with what the assembly adds besides. An experiment file does the same by its key
    /// <c>extensions</c>.</summary>
    /// <param name="registry">What is there already; it stays as it is.</param>
    /// <param name="path">Path of the assembly (.dll).</param>
    /// <exception cref="InputException">The file is missing or no assembly, holds no <see cref="IEvenhandExtension"/>,
    /// or a class of it fails.</exception>
    public static Registry WithAssembly(this Registry registry, string path)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ExtensionLoader.Load(Path.GetFullPath(path), registry).Registry;
    }
}
