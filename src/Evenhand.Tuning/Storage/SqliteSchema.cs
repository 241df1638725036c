using Microsoft.Data.Sqlite;

namespace Evenhand.Tuning.Storage;

/// <summary>The tables of a study store and their version.</summary>
internal static class SqliteSchema
{
    /// <summary>Version that this code writes and the newest that it reads; kept in the file as
    /// <c>user_version</c>.</summary>
    public const int Version = 3;

    /// <summary>First version with attempts and checksums.</summary>
    public const int WithAttempts = 2;

    /// <summary>First version with reports and pruned trials.</summary>
    public const int WithReports = 3;

    /// <summary>"EVNH": marks the file as a study store for us and for the <c>file</c> command.</summary>
    public const int ApplicationId = 0x45564E48;

    // Times are ISO 8601 with offset, durations ticks of 100 ns: both come back exactly. The payload is last so that
    // reading the other columns does not touch its overflow pages.
    private const string Studies = """
        CREATE TABLE study (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            experiment TEXT NOT NULL,
            definition TEXT NOT NULL,
            created TEXT NOT NULL
        ) STRICT;
        """;

    // Reports are JSON, null where there is none.
    private const string Trials = """
        CREATE TABLE trial (
            id INTEGER PRIMARY KEY,
            study INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
            number INTEGER NOT NULL CHECK (number >= 0),
            state TEXT NOT NULL CHECK (state IN ('complete', 'failed', 'pruned')),
            parameters TEXT NOT NULL,
            measures TEXT NOT NULL,
            error TEXT,
            started TEXT NOT NULL,
            duration_ticks INTEGER NOT NULL,
            reports TEXT,
            payload TEXT,
            UNIQUE (study, number)
        ) STRICT;
        """;

    // Before version 3 trials had no reports and could not be pruned. A check cannot be altered in place.
    private const string TrialsWithReports = $"""
        ALTER TABLE trial RENAME TO old_trial;
        {Trials}
        INSERT INTO trial (id, study, number, state, parameters, measures, error, started, duration_ticks, payload)
            SELECT id, study, number, state, parameters, measures, error, started, duration_ticks, payload
            FROM old_trial;
        DROP TABLE old_trial;
        """;

    // The last attempt at each trial, finished or not. Apart from the trials, so that stores of version 1 needed no
    // copy of theirs. Checksums are SHA-256 of what SqliteTrial says; null while the trial has not finished.
    private const string Attempts = """
        CREATE TABLE attempt (
            study INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
            number INTEGER NOT NULL CHECK (number >= 0),
            attempt INTEGER NOT NULL CHECK (attempt >= 0),
            owner TEXT,
            parameters TEXT NOT NULL,
            checksum BLOB,
            payload_checksum BLOB,
            PRIMARY KEY (study, number)
        ) STRICT, WITHOUT ROWID;
        ALTER TABLE study ADD COLUMN checksum BLOB;
        """;

    /// <summary>Creates the tables in an empty file, and brings those of an older version to this one's.</summary>
    /// <exception cref="StorageException">The file is something else, or of a newer version.</exception>
    public static void Ensure(SqliteConnection connection, string path)
    {
        if (Check(connection, path) == Version)
        {
            return;
        }

        // Two processes may come here at the same time: the second finds the tables of the first.
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = CheckWithin(connection, path);
        if (version < 1)
        {
            Execute(connection, Studies + Trials);
        }
        else if (version < WithReports)
        {
            Execute(connection, TrialsWithReports);
        }

        if (version < WithAttempts)
        {
            Execute(connection, Attempts);
            SqliteMigration.AddChecksums(connection);
        }

        if (version < Version)
        {
            Execute(connection, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version};");
        }

        transaction.Commit();
    }

    /// <summary>Version of the file's schema; 0 when the file is empty.</summary>
    /// <exception cref="StorageException">The file is not a store, or of a newer version.</exception>
    public static int Check(SqliteConnection connection, string path)
    {
        // One snapshot: another process may create the tables between two of the questions.
        using var transaction = connection.BeginTransaction(deferred: true);
        return CheckWithin(connection, path);
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static int CheckWithin(SqliteConnection connection, string path)
    {
        var application = Number(connection, "PRAGMA application_id");
        var version = Number(connection, "PRAGMA user_version");
        if (application == 0 && version == 0 && Number(connection, "SELECT count(*) FROM sqlite_schema") == 0)
        {
            return 0;
        }

        if (application != ApplicationId)
        {
            throw new StorageException($"{path} is a database, but not a study store.");
        }

        if (version > Version)
        {
            throw new StorageException(
                $"{path} was written by a newer version of Evenhand: its schema is {version},"
                + $" this version reads up to {Version}. Update Evenhand, or choose another store.");
        }

        return (int)version;
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
