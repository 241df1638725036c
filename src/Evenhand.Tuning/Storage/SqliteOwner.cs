namespace Evenhand.Tuning.Storage;

/// <summary>Tells others that whoever claimed a trial still lives: a file beside the store that is locked until
/// then.</summary>
/// <remarks>The system unlocks the file when the process ends, however it ends. No clock is asked: a process that
/// sleeps for an hour keeps its claims, and one that was killed has lost them at once, so that a resumed study goes on
/// with the very trial that was interrupted.</remarks>
internal sealed class SqliteOwner : IDisposable
{
    private readonly FileStream _file;

    private SqliteOwner(string id, FileStream file) => (Id, _file) = (id, file);

    /// <summary>Name by which claims tell whose they are.</summary>
    public string Id { get; }

    /// <summary>A new owner. To be called in a transaction that writes: nobody else then looks for files of owners that
    /// have ended, and so takes one that is made but not yet locked for such a one.</summary>
    /// <param name="store">Path of the store.</param>
    public static SqliteOwner Create(string store)
    {
        DropEnded(store);
        var id = Guid.NewGuid().ToString("N");
        return new SqliteOwner(id, new FileStream(
            PathOf(store, id), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
    }

    /// <summary>Whether an owner has neither ended nor been disposed of.</summary>
    public static bool Lives(string store, string id) => IsLocked(PathOf(store, id));

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string PathOf(string store, string id) => $"{store}-owner-{id}";

    private static void DropEnded(string store)
    {
        var files = Directory.EnumerateFiles(Path.GetDirectoryName(store)!, Path.GetFileName(PathOf(store, "*")));
        foreach (var file in files.Where(file => !IsLocked(file)).ToArray())
        {
            File.Delete(file);
        }
    }

    // A shared lock, so that those who ask do not take each other for the owner. What cannot be opened is somebody's.
    private static bool IsLocked(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
