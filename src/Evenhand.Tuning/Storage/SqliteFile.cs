using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Evenhand.Tuning.Storage;

/// <summary>The file of a store: the connection that writes, those that read, and SQLite's errors in words.</summary>
internal sealed class SqliteFile : IDisposable
{
    private const int WaitSeconds = 30;

    private readonly Lock _writing = new();
    private readonly SqliteConnection? _writer;
    private readonly string _readerOptions;

    static SqliteFile() => SqliteLibrary.Prepare();

    /// <summary>Opens a store.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="access">What for.</param>
    public SqliteFile(string path, StorageAccess access)
    {
        Path = path;
        _readerOptions = Options(path, SqliteOpenMode.ReadWrite);
        if (access == StorageAccess.Read)
        {
            (_readerOptions, Version) = FindReaderOptions();
            return;
        }

        _writer = new SqliteConnection(Options(
            path, access == StorageAccess.Create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite));
        Version = SqliteSchema.Version;
        try
        {
            Guard(() =>
            {
                _writer.Open();
                // A file that is not ours must stay as it is: look before the journal mode is changed.
                SqliteSchema.Check(_writer, Path);
                SqliteSchema.Execute(_writer, $"""
                    PRAGMA busy_timeout = {WaitSeconds * 1000};
                    PRAGMA journal_mode = WAL;
                    PRAGMA synchronous = FULL;
                    PRAGMA foreign_keys = ON;
                    """);
                SqliteSchema.Ensure(_writer, Path);
                return true;
            });
        }
        catch
        {
            _writer.Dispose();
            throw;
        }
    }

    /// <summary>Full path of the file.</summary>
    public string Path { get; }

    /// <summary>Version of the schema; 0 where the file is empty.</summary>
    public int Version { get; }

    /// <summary>Reads in one transaction, so that all of it is of the same moment.</summary>
    /// <remarks>Each read has its own connection: a long enumeration holds a snapshot and is in nobody's way.</remarks>
    public T Read<T>(Func<SqliteConnection, T> read) => Guard(() =>
    {
        using var connection = OpenReader(_readerOptions);
        using var transaction = connection.BeginTransaction(deferred: true);
        return read(connection);
    });

    /// <summary>Writes in one transaction, durable on return. Nobody else writes meanwhile.</summary>
    public T Write<T>(Func<SqliteConnection, T> write)
    {
        if (_writer is null)
        {
            throw new StorageException($"{Path} was opened for reading.");
        }

        lock (_writing)
        {
            return Guard(() =>
            {
                using var transaction = _writer.BeginTransaction(deferred: false);
                var result = write(_writer);
                transaction.Commit();
                return result;
            });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
        {
            _writer?.Dispose();
        }
    }

    public static SqliteCommand Command(
        SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    // SQLite reads a store beside which it can put no file of its own, on a full disk or where nothing may be written,
    // only when it is told that nobody writes to it.
    private (string Options, int Version) FindReaderOptions() => Guard(() =>
    {
        try
        {
            return (_readerOptions, VersionOf(_readerOptions));
        }
        catch (SqliteException problem)
            when (problem.SqliteErrorCode is SQLITE_CANTOPEN or SQLITE_READONLY or SQLITE_IOERR or SQLITE_FULL && !HasLog())
        {
            var options = Options($"{new Uri(Path).AbsoluteUri}?immutable=1", SqliteOpenMode.ReadOnly);
            return (options, VersionOf(options));
        }
    });

    private bool HasLog() => new FileInfo($"{Path}-wal") is { Exists: true, Length: > 0 };

    private int VersionOf(string options)
    {
        using var connection = OpenReader(options);
        return SqliteSchema.Check(connection, Path);
    }

    private static SqliteConnection OpenReader(string options)
    {
        var connection = new SqliteConnection(options);
        try
        {
            connection.Open();
            SqliteSchema.Execute(connection, "PRAGMA query_only = ON");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string Options(string source, SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = source,
        Mode = mode,
        // Pooled connections would keep the file open after Dispose.
        Pooling = false,
        DefaultTimeout = WaitSeconds,
    }.ToString();

    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException problem)
        {
            throw SqliteProblem.Explain(problem, Path);
        }
        catch (Exception problem) when (problem is FormatException or InvalidCastException)
        {
            throw new StorageException($"{Path} is damaged: {problem.Message}", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"Beside {Path} nothing can be written: {problem.Message}", problem);
        }
    }
}
