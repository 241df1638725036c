namespace Evenhand.Tuning.Artifacts;

/// <summary>Keeps artifacts as long as the process lives. Scratch folders are temporary ones, removed on
/// disposal.</summary>
public sealed class MemoryArtifacts : IArtifactStore
{
    private readonly Dictionary<string, byte[]> _artifacts = [];
    private readonly HashSet<string> _locks = [];
    private readonly Lock _gate = new();
    private DirectoryInfo? _scratch;

    /// <inheritdoc/>
    public string Locate(string name) => $"memory:{ArtifactName.Check(name)}";

    /// <inheritdoc/>
    public bool Holds(string name)
    {
        var below = $"{ArtifactName.Check(name)}/";
        lock (_gate)
        {
            return _artifacts.Keys.Concat(_locks).Any(
                    kept => kept == name || kept.StartsWith(below, StringComparison.Ordinal))
                || Path.Exists(_scratch is null ? null : ScratchFolder(name));
        }
    }

    /// <inheritdoc/>
    public Stream? OpenRead(string name)
    {
        ArtifactName.Check(name);
        lock (_gate)
        {
            return _artifacts.TryGetValue(name, out var bytes) ? new MemoryStream(bytes, writable: false) : null;
        }
    }

    /// <inheritdoc/>
    public void Write(string name, Action<Stream> write)
    {
        ArtifactName.Check(name);
        ArgumentNullException.ThrowIfNull(write);
        using var stream = new MemoryStream();
        write(stream);
        lock (_gate)
        {
            _artifacts[name] = stream.ToArray();
        }
    }

    /// <inheritdoc/>
    public void Delete(string name)
    {
        ArtifactName.Check(name);
        lock (_gate)
        {
            _artifacts.Remove(name);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string name)
    {
        var below = $"{ArtifactName.Check(name)}/";
        lock (_gate)
        {
            return [.. _artifacts.Keys.Where(kept => kept.StartsWith(below, StringComparison.Ordinal))];
        }
    }

    /// <inheritdoc/>
    public IDisposable? TryLock(string name)
    {
        ArtifactName.Check(name);
        lock (_gate)
        {
            return _locks.Add(name) ? new HeldLock(this, name) : null;
        }
    }

    /// <inheritdoc/>
    public string ScratchFolder(string name)
    {
        lock (_gate)
        {
            _scratch ??= Directory.CreateTempSubdirectory("evenhand-");
            return Path.Combine([_scratch.FullName, .. ArtifactName.Check(name).Split('/')]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_scratch is { } folder && Directory.Exists(folder.FullName))
            {
                folder.Delete(recursive: true);
            }

            _scratch = null;
        }
    }

    private sealed class HeldLock(MemoryArtifacts store, string name) : IDisposable
    {
        public void Dispose()
        {
            lock (store._gate)
            {
                store._locks.Remove(name);
            }
        }
    }
}
