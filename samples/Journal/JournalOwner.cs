namespace Journal;

/// <summary>Tells others that whoever claimed a trial still lives: a file beside the journal that is locked until
/// then. The system unlocks it when the process ends, however it ends.</summary>
internal sealed class JournalOwner : IDisposable
{
    private readonly FileStream _file;

    public JournalOwner(string journal)
    {
        Id = Guid.NewGuid().ToString("N");
        _file = new FileStream(
            PathOf(journal, Id),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 1,
            FileOptions.DeleteOnClose);
    }

    /// <summary>Name by which claims tell whose they are.</summary>
    public string Id { get; }

    /// <summary>Whether an owner has neither ended nor been disposed of.</summary>
    public static bool Lives(string journal, string? id)
    {
        try
        {
            if (id is not null)
            {
                using var file = new FileStream(PathOf(journal, id), FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            }

            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose() => _file.Dispose();

    private static string PathOf(string journal, string id) => $"{journal}-owner-{id}";
}
