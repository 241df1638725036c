using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Evenhand.Tuning;

/// <summary>Keeps studies in one SQLite file that several processes may use at the same time.</summary>
/// <remarks>
/// Write-ahead log, so that readers and the writer never wait for each other; every commit is flushed to the disk
/// (<c>synchronous = FULL</c>), so that a stored trial survives the end of the process and of the machine's power.
/// Writers wait for each other up to 30 seconds. The file must be on a local disk: SQLite's locks do not hold on
/// network file systems. </remarks>
public sealed class SqliteStorage : StudyStorage
{
    private const int WaitSeconds = 30;

    private const string TrialColumns = "number, state, parameters, measures, error, started, duration_ticks";

    private readonly Lock _writing = new();
    private readonly SqliteConnection _writer;
    private readonly string _readerOptions;

    static SqliteStorage() => SqliteLibrary.Prepare();

    /// <summary>Opens a store.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="create">Whether to create the file when it does not exist.</param>
    /// <exception cref="StorageException">The file does not exist and is not to be created, cannot be opened, is
    /// damaged, is not a study store, or is of a newer version.</exception>
    public SqliteStorage(string path, bool create = true)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
        if (!File.Exists(Path) && !create)
        {
            throw new StorageException($"There is no study store at {Path}.");
        }

        if (System.IO.Path.GetDirectoryName(Path) is { } folder && !Directory.Exists(folder))
        {
            throw new StorageException($"The folder {folder} of the study store does not exist.");
        }

        _writer = new SqliteConnection(Options(create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite));
        _readerOptions = Options(SqliteOpenMode.ReadWrite);
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

    /// <inheritdoc/>
    public override void CreateStudy(StudyRecord study)
    {
        ArgumentNullException.ThrowIfNull(study);
        var added = Write(
            """
            INSERT INTO study (name, experiment, definition, created) VALUES ($name, $experiment, $definition, $created)
            ON CONFLICT (name) DO NOTHING
            """,
            ("$name", study.Name),
            ("$experiment", study.Experiment),
            ("$definition", study.Definition),
            ("$created", Text(study.Created)));
        if (added == 0)
        {
            throw StorageException.StudyExists(study.Name);
        }
    }

    /// <inheritdoc/>
    public override StudyRecord? FindStudy(string name) => Guard(() =>
    {
        using var connection = OpenReader();
        return ReadStudies(connection, "WHERE name = $name", ("$name", name)).FirstOrDefault();
    });

    /// <inheritdoc/>
    public override IReadOnlyList<StudyRecord> ListStudies() => Guard(() =>
    {
        using var connection = OpenReader();
        return ReadStudies(connection, "ORDER BY id");
    });

    /// <inheritdoc/>
    public override bool DeleteStudy(string name) => Write("DELETE FROM study WHERE name = $name", ("$name", name)) > 0;

    /// <inheritdoc/>
    public override void AppendTrial(string study, FinishedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var added = Write(
            $"""
            INSERT INTO trial (study, {TrialColumns}, payload)
            SELECT id, $number, $state, $parameters, $measures, $error, $started, $duration, $payload
            FROM study WHERE name = $study
            ON CONFLICT (study, number) DO NOTHING
            """,
            ("$study", study),
            ("$number", trial.Number),
            ("$state", trial.State == TrialState.Complete ? "complete" : "failed"),
            ("$parameters", TrialJson.Write(trial.Parameters)),
            ("$measures", TrialJson.Write(trial.Measures)),
            ("$error", trial.Error),
            ("$started", Text(trial.Started)),
            ("$duration", trial.Duration.Ticks),
            ("$payload", trial.Payload));
        if (added == 0)
        {
            throw FindStudy(study) is null
                ? StorageException.NoStudy(study)
                : StorageException.TrialExists(study, trial.Number);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FinishedTrial> ReadTrials(string study, bool payloads = true) =>
        Read(study, connection =>
    {
        using var command = Command(
            connection,
            $"""
            SELECT {TrialColumns}{(payloads ? ", payload" : "")}
            FROM trial WHERE study = (SELECT id FROM study WHERE name = $name) ORDER BY number
            """,
            ("$name", study));
        using var reader = command.ExecuteReader();
        var trials = new List<FinishedTrial>();
        while (reader.Read())
        {
            trials.Add(ReadTrial(reader, payloads));
        }

        return trials;
    });

    /// <inheritdoc/>
    public override FinishedTrial? ReadTrial(string study, int number) => Read(study, connection =>
    {
        using var command = Command(
            connection,
            $"""
            SELECT {TrialColumns}, payload
            FROM trial WHERE study = (SELECT id FROM study WHERE name = $name) AND number = $number
            """,
            ("$name", study),
            ("$number", number));
        using var reader = command.ExecuteReader();
        return reader.Read() ? ReadTrial(reader, payloads: true) : null;
    });

    /// <inheritdoc/>
    public override int CountTrials(string study) => Read(study, connection =>
    {
        using var command = Command(
            connection,
            "SELECT count(*) FROM trial WHERE study = (SELECT id FROM study WHERE name = $name)",
            ("$name", study));
        return (int)(long)command.ExecuteScalar()!;
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_writing)
            {
                _writer.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private FinishedTrial ReadTrial(SqliteDataReader reader, bool payloads)
    {
        var number = reader.GetInt32(0);
        try
        {
            return new FinishedTrial
            {
                Number = number,
                State = reader.GetString(1) == "complete" ? TrialState.Complete : TrialState.Failed,
                Parameters = TrialJson.ReadParameters(reader.GetString(2)),
                Measures = TrialJson.ReadMeasures(reader.GetString(3)),
                Error = reader.IsDBNull(4) ? null : reader.GetString(4),
                Started = Time(reader.GetString(5)),
                Duration = TimeSpan.FromTicks(reader.GetInt64(6)),
                Payload = payloads && !reader.IsDBNull(7) ? reader.GetString(7) : null,
            };
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            throw new StorageException($"{Path} is damaged: trial {number} cannot be read. {problem.Message}", problem);
        }
    }

    // One transaction, so that the study and its trials are of the same moment.
    private T Read<T>(string study, Func<SqliteConnection, T> read) => Guard(() =>
    {
        using var connection = OpenReader();
        using var transaction = connection.BeginTransaction(deferred: true);
        return ReadStudies(connection, "WHERE name = $name", ("$name", study)).Count > 0
            ? read(connection)
            : throw StorageException.NoStudy(study);
    });

    private static List<StudyRecord> ReadStudies(
        SqliteConnection connection, string clause, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(
            connection, $"SELECT name, experiment, definition, created FROM study {clause}", parameters);
        using var reader = command.ExecuteReader();
        var studies = new List<StudyRecord>();
        while (reader.Read())
        {
            studies.Add(new StudyRecord(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), Time(reader.GetString(3))));
        }

        return studies;
    }

    // Statements are single: each is a transaction of its own and is flushed when it returns.
    private int Write(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        lock (_writing)
        {
            using var command = Command(_writer, sql, parameters);
            return Guard(command.ExecuteNonQuery);
        }
    }

    // Each read has its own connection: a long enumeration holds a snapshot and is in nobody's way.
    private SqliteConnection OpenReader()
    {
        var connection = new SqliteConnection(_readerOptions);
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

    private string Options(SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = Path,
        Mode = mode,
        // Pooled connections would keep the file open after Dispose.
        Pooling = false,
        DefaultTimeout = WaitSeconds,
    }.ToString();

    private void Guard(Action action) => Guard(() =>
    {
        action();
        return true;
    });

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
        catch (FormatException problem)
        {
            throw new StorageException($"{Path} is damaged: {problem.Message}", problem);
        }
    }

    private static SqliteCommand Command(
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

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None);
}
