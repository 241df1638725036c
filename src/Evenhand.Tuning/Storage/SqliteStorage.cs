using Evenhand.Tuning.Space;
using Evenhand.Tuning.Trials;
using Microsoft.Data.Sqlite;

namespace Evenhand.Tuning.Storage;

/// <summary>Keeps studies in one SQLite file that several processes may use at the same time.</summary>
/// <remarks>
/// Write-ahead log, so that readers and the writer never wait for each other; every commit is flushed to the disk
/// (<c>synchronous = FULL</c>), so that a stored trial survives the end of the process and of the machine's power.
/// Writers wait for each other up to 30 seconds. The file must be on a local disk: neither SQLite's locks nor those
/// that tell who still lives hold on network file systems.</remarks>
public sealed class SqliteStorage : StudyStorage
{
    private readonly SqliteFile _file;
    private SqliteOwner? _owner;

    /// <summary>Opens a store.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="access">What for.</param>
    /// <exception cref="StorageException">The file does not exist and is not to be created, cannot be opened, is
    /// damaged, is not a study store, or is of a newer version.</exception>
    public SqliteStorage(string path, StorageAccess access = StorageAccess.Create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
        if (!File.Exists(Path) && access != StorageAccess.Create)
        {
            throw new StorageException($"There is no study store at {Path}.");
        }

        if (System.IO.Path.GetDirectoryName(Path) is { } folder && !Directory.Exists(folder))
        {
            throw new StorageException($"The folder {folder} of the study store does not exist.");
        }

        _file = new SqliteFile(Path, access);
    }

    /// <summary>Full path of the file.</summary>
    public string Path { get; }

    private bool HasAttempts => _file.Version >= SqliteSchema.WithAttempts;

    private string Columns =>
        _file.Version >= SqliteSchema.WithReports ? SqliteTrial.Columns : SqliteTrial.OldColumns;

    /// <inheritdoc/>
    public override void CreateStudy(StudyRecord study)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (!_file.Write(connection => SqliteStudies.Add(connection, study)))
        {
            throw StorageException.StudyExists(study.Name);
        }
    }

    /// <inheritdoc/>
    public override StudyRecord? FindStudy(string name)
    {
        var found = _file.Read(connection => IsEmpty ? null : SqliteStudies.Find(connection, name, HasAttempts));
        return found is not { IsSound: false }
            ? found?.Study
            : throw new StorageException(
                $"{Path} is damaged: the record of the study '{name}' does not fit its checksum."
                + " Restore the file from a copy.");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<StudyRecord> ListStudies() =>
        _file.Read(connection => IsEmpty ? [] : SqliteStudies.List(connection));

    /// <inheritdoc/>
    public override bool DeleteStudy(string name) => _file.Write(connection =>
    {
        using var command = SqliteFile.Command(connection, "DELETE FROM study WHERE name = $name", ("$name", name));
        return command.ExecuteNonQuery() > 0;
    });

    /// <inheritdoc/>
    public override TrialClaim? TryClaimTrial(string study, int number, ParameterSet parameters)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentNullException.ThrowIfNull(parameters);
        return _file.Write(connection =>
        {
            var id = SqliteStudies.Id(connection, study);
            var (attempt, owner) = SqliteClaims.Last(connection, id, number);
            if (IsStored(connection, id, number) || Lives(owner))
            {
                return null;
            }

            _owner ??= SqliteOwner.Create(Path);
            SqliteClaims.Add(connection, id, number, attempt + 1, _owner.Id, parameters);
            return new TrialClaim(number, attempt + 1, parameters, IsHeld: true);
        });
    }

    /// <inheritdoc/>
    public override void ReleaseTrial(string study, TrialClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        _file.Write(connection =>
        {
            var id = SqliteStudies.Id(connection, study);
            if (_owner is not null)
            {
                SqliteClaims.Release(connection, id, claim.Number, claim.Attempt, _owner.Id);
            }

            return true;
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TrialClaim> ReadClaims(string study) => _file.Read(connection =>
    {
        var id = SqliteStudies.Id(connection, study);
        return HasAttempts ? SqliteClaims.Open(connection, id, Lives) : [];
    });

    /// <inheritdoc/>
    public override void AppendTrial(string study, FinishedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var row = SqliteTrial.Of(trial);
        _file.Write(connection =>
        {
            var id = SqliteStudies.Id(connection, study);
            if (IsStored(connection, id, trial.Number))
            {
                throw StorageException.TrialExists(study, trial.Number);
            }

            var (attempt, owner) = SqliteClaims.Last(connection, id, trial.Number);
            if (trial.Attempt == 0 ? Lives(owner) : owner is null || owner != _owner?.Id || attempt != trial.Attempt)
            {
                throw StorageException.NotClaimed(study, trial.Number);
            }

            row.Add(connection, id, trial.Attempt);
            return true;
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FinishedTrial> ReadTrials(string study, bool payloads = true) => _file.Read(
        connection => (IReadOnlyList<FinishedTrial>)[.. ReadRows(connection, study, payloads).Select(row =>
            row.Trial ?? throw Damaged(study, row.Number))]);

    /// <inheritdoc/>
    public override FinishedTrial? ReadTrial(string study, int number) => _file.Read(connection =>
        ReadRows(connection, study, payloads: true, "AND trial.number = $number", ("$number", number)) is [var row]
            ? row.Trial ?? throw Damaged(study, number)
            : null);

    /// <inheritdoc/>
    public override int CountTrials(string study) => _file.Read(connection =>
    {
        using var command = SqliteFile.Command(
            connection,
            "SELECT count(*) FROM trial WHERE study = $study",
            ("$study", SqliteStudies.Id(connection, study)));
        return (int)(long)command.ExecuteScalar()!;
    });

    /// <inheritdoc/>
    public override IReadOnlyList<int> DiscardDamaged(string study, Predicate<FinishedTrial> isSound)
    {
        ArgumentNullException.ThrowIfNull(isSound);

        // Others write while all is read. What is damaged does not become sound again.
        var damaged = _file.Read(connection => ReadRows(connection, study, payloads: true)
            .Where(row => row.Trial is null || !isSound(row.Trial)).ToArray());
        return damaged.Length == 0 ? [] : _file.Write(connection =>
        {
            var id = SqliteStudies.Id(connection, study);
            foreach (var row in damaged)
            {
                using var command = SqliteFile.Command(
                    connection,
                    """
                    DELETE FROM trial WHERE rowid = $row;
                    UPDATE attempt SET checksum = NULL, payload_checksum = NULL WHERE study = $study AND number = $number;
                    """,
                    ("$row", row.Id),
                    ("$study", id),
                    ("$number", row.Number));
                command.ExecuteNonQuery();
            }

            return (IReadOnlyList<int>)Array.ConvertAll(damaged, row => row.Number);
        });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _owner?.Dispose();
        }

        base.Dispose(disposing);
    }

    // A new file of another process may be seen before its tables are.
    private bool IsEmpty => _file.Version == 0;

    private bool Lives(string? owner) => owner is not null && SqliteOwner.Lives(Path, owner);

    private static bool IsStored(SqliteConnection connection, long study, int number)
    {
        using var command = SqliteFile.Command(
            connection,
            "SELECT 1 FROM trial WHERE study = $study AND number = $number",
            ("$study", study),
            ("$number", number));
        return command.ExecuteScalar() is not null;
    }

    // The trial is null where its row is damaged.
    private List<(long Id, int Number, FinishedTrial? Trial)> ReadRows(
        SqliteConnection connection,
        string study,
        bool payloads,
        string clause = "",
        params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var attempts = HasAttempts ? "attempt.attempt, attempt.checksum, attempt.payload_checksum" : "0, NULL, NULL";
        using var command = SqliteFile.Command(
            connection,
            $"""
            SELECT {Columns}, {(payloads ? "trial.payload" : "NULL")}, trial.id, {attempts} FROM trial
            {(HasAttempts ? "LEFT JOIN attempt ON attempt.study = trial.study AND attempt.number = trial.number" : "")}
            WHERE trial.study = $study {clause} ORDER BY trial.number
            """,
            [("$study", SqliteStudies.Id(connection, study)), .. parameters]);
        using var reader = command.ExecuteReader();
        var rows = new List<(long, int, FinishedTrial?)>();
        while (reader.Read())
        {
            rows.Add((reader.GetInt64(9), reader.GetInt32(0), ReadTrial(reader, payloads)));
        }

        return rows;
    }

    private FinishedTrial? ReadTrial(SqliteDataReader reader, bool payload)
    {
        try
        {
            var row = SqliteTrial.Read(reader);
            var sound = !HasAttempts
                || (Fits(reader, 11, row.Checksum) && (!payload || Fits(reader, 12, row.PayloadChecksum)));
            return sound ? row.ToTrial(reader.GetInt32(10)) : null;
        }
        catch (Exception problem) when (SqliteTrial.IsDamage(problem))
        {
            return null;
        }
    }

    private static bool Fits(SqliteDataReader reader, int column, byte[] checksum) =>
        !reader.IsDBNull(column) && checksum.AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(column));

    private StorageException Damaged(string study, int number) => new(
        $"{Path} is damaged: trial {number} of the study '{study}' was cut or changed."
        + " Resume the study to run the trial again, or restore the file from a copy.");
}
