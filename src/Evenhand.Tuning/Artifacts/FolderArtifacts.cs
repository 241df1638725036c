using Evenhand.Configuration;

namespace Evenhand.Tuning.Artifacts;

/// <summary>Keeps artifacts as files of a folder, each under its name.</summary>
/// <remarks>Files are written beside their place and renamed (<see cref="WholeFile"/>). Locks are files that the system
/// unlocks when a process ends. The folder is made by the first write.</remarks>
public sealed class FolderArtifacts : IArtifactStore
{
    private readonly string _folder;

    /// <summary>The artifacts in a folder.</summary>
    /// <param name="folder">The folder; need not exist.</param>
    public FolderArtifacts(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = folder;
    }

    /// <inheritdoc/>
    public string Locate(string name) => Path.Combine([_folder, .. ArtifactName.Check(name).Split('/')]);

    /// <inheritdoc/>
    public bool Holds(string name) => Path.Exists(Locate(name));

    /// <inheritdoc/>
    public Stream? OpenRead(string name)
    {
        var path = Locate(name);
        try
        {
            return File.Exists(path)
                ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete)
                : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Write(string name, Action<Stream> write) => WholeFile.Write(Locate(name), write);

    /// <inheritdoc/>
    public void Delete(string name)
    {
        var path = Locate(name);
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string name) => [.. Files(name).Where(file => !IsUnfinished(file))];

    /// <inheritdoc/>
    public IReadOnlyList<UnfinishedArtifact> ListUnfinished(string name) =>
    [
        .. Files(name).Where(IsUnfinished).Select(part => new UnfinishedArtifact(
            WholeName(part), part, File.GetLastWriteTimeUtc(Locate(part)))),
    ];

    /// <inheritdoc/>
    public IDisposable? TryLock(string name)
    {
        var path = Locate(name);
        WholeFile.CheckTarget(path);
        try
        {
            // The file stays: one that is removed may have been opened by somebody who then locks nothing.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
        catch (IOException problem)
        {
            throw new FileNotWrittenException(path, problem);
        }
    }

    /// <inheritdoc/>
    public string ScratchFolder(string name) => Locate(name);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static bool IsUnfinished(string file) =>
        file.EndsWith(WholeFile.UnfinishedSuffix, StringComparison.Ordinal);

    // NAME.UNIQUE.tmp.
    private static string WholeName(string part)
    {
        var name = part[..^WholeFile.UnfinishedSuffix.Length];
        return name.LastIndexOf('.') is > 0 and var unique ? name[..unique] : name;
    }

    // Files that somebody has put there under other names are left alone.
    private IEnumerable<string> Files(string name)
    {
        var folder = Locate(name);
        return !Directory.Exists(folder)
            ? []
            : Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(_folder, file).Replace(Path.DirectorySeparatorChar, '/'))
                .Where(ArtifactName.IsName);
    }
}
