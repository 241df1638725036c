using System.Text.Json;
using Evenhand.Tuning.Storage;

namespace Journal;

/// <summary>A file of lines that is only ever added to, and what its lines have come to. Whoever writes has the file to
/// himself meanwhile.</summary>
internal sealed class JournalFile(string path, StorageAccess access)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private readonly List<JournalStudy> _studies = [];
    private long _read;

    /// <summary>Looks at the studies as they are now.</summary>
    public T Read<T>(Func<IReadOnlyList<JournalStudy>, T> look)
    {
        lock (_gate)
        {
            using var stream = Open(FileMode.Open, FileAccess.Read, FileShare.Read);
            CatchUp(stream);
            return look(_studies);
        }
    }

    /// <summary>Looks at the studies as they are now, and adds the line that comes of it, if any; nobody else adds one
    /// in between.</summary>
    public T Write<T>(Func<IReadOnlyList<JournalStudy>, (T Result, JournalEntry? Entry)> decide)
    {
        if (access == StorageAccess.Read)
        {
            throw new StorageException($"{path} was opened for reading.");
        }

        lock (_gate)
        {
            using var stream = Open(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            CatchUp(stream);
            var (result, entry) = decide(_studies);
            if (entry is not null)
            {
                // Behind the last whole line: a process that was killed may have left half a one.
                stream.SetLength(_read);
                stream.Position = _read;
                stream.Write(entry.ToLine());
                stream.Flush(flushToDisk: true);
                _read = stream.Position;
                Apply(entry);
            }

            return result;
        }
    }

    private void CatchUp(FileStream stream)
    {
        stream.Position = _read;
        var bytes = new byte[stream.Length - _read];
        stream.ReadExactly(bytes);
        for (var rest = bytes.AsSpan(); rest.IndexOf((byte)'\n') is >= 0 and var end; rest = rest[(end + 1)..])
        {
            try
            {
                Apply(JournalEntry.Parse(rest[..end]));
            }
            catch (Exception problem) when (problem is JsonException or ArgumentException or KeyNotFoundException)
            {
                throw new StorageException($"{path} is damaged at byte {_read}: {problem.Message}", problem);
            }

            _read += end + 1;
        }
    }

    private void Apply(JournalEntry entry)
    {
        if (entry.Created is { } record)
        {
            _studies.Add(new JournalStudy(record));
        }
        else if (entry.Deleted is true)
        {
            _studies.RemoveAll(study => study.Record.Name == entry.Study);
        }
        else
        {
            _studies.Find(study => study.Record.Name == entry.Study)?.Apply(entry);
        }
    }

    private FileStream Open(FileMode mode, FileAccess wanted, FileShare share)
    {
        var end = DateTime.UtcNow + LongestWait;
        while (true)
        {
            try
            {
                return new FileStream(path, mode, wanted, share);
            }
            catch (Exception problem)
                when (problem is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
            {
                throw new StorageException($"{path} cannot be opened: {problem.Message}", problem);
            }
            catch (IOException problem) when (DateTime.UtcNow > end)
            {
                throw new StorageException($"{path} is locked by another process: {problem.Message}", problem);
            }
            catch (IOException)
            {
                Thread.Sleep(LookInterval);
            }
        }
    }
}
