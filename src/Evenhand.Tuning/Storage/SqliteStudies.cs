using Microsoft.Data.Sqlite;

namespace Evenhand.Tuning.Storage;

/// <summary>The records of studies in a store.</summary>
internal static class SqliteStudies
{
    private const string Columns = "name, experiment, definition, created";

    /// <summary>Checksum of all that a record says.</summary>
    public static byte[] Checksum(StudyRecord study) => SqliteTrial.Hash(
        [study.Name, study.Experiment, study.Definition, SqliteTrial.TimeText(study.Created)]);

    /// <summary>Reads the columns in their order.</summary>
    /// <exception cref="FormatException">A value is missing, which the schema rules out, or no time.</exception>
    public static StudyRecord Read(SqliteDataReader reader)
    {
        return new(Text(0), Text(1), Text(2), SqliteTrial.ParseTime(Text(3)));

        string Text(int column) => reader.IsDBNull(column)
            ? throw new FormatException($"the {reader.GetName(column)} of a study is missing.")
            : reader.GetString(column);
    }

    /// <summary>Adds a record; false when there is one of its name.</summary>
    public static bool Add(SqliteConnection connection, StudyRecord study)
    {
        using var command = SqliteFile.Command(
            connection,
            $"""
            INSERT INTO study ({Columns}, checksum) VALUES ($name, $experiment, $definition, $created, $checksum)
            ON CONFLICT (name) DO NOTHING
            """,
            ("$name", study.Name),
            ("$experiment", study.Experiment),
            ("$definition", study.Definition),
            ("$created", SqliteTrial.TimeText(study.Created)),
            ("$checksum", Checksum(study)));
        return command.ExecuteNonQuery() > 0;
    }

    /// <summary>All records in the order of their creation, unchecked.</summary>
    public static List<StudyRecord> List(SqliteConnection connection)
    {
        using var command = SqliteFile.Command(connection, $"SELECT {Columns} FROM study ORDER BY id");
        using var reader = command.ExecuteReader();
        var studies = new List<StudyRecord>();
        while (reader.Read())
        {
            studies.Add(Read(reader));
        }

        return studies;
    }

    /// <summary>The record of a name, and whether it fits its checksum; null where there is none.</summary>
    /// <param name="connection">The store.</param>
    /// <param name="name">Name of the study.</param>
    /// <param name="hasChecksums">Whether the store is of a version that has them.</param>
    public static (StudyRecord Study, bool IsSound)? Find(SqliteConnection connection, string name, bool hasChecksums)
    {
        using var command = SqliteFile.Command(
            connection,
            $"SELECT {Columns}, {(hasChecksums ? "checksum" : "NULL")} FROM study WHERE name = $name",
            ("$name", name));
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        var study = Read(reader);
        return (study, !hasChecksums
            || (!reader.IsDBNull(4) && Checksum(study).AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(4))));
    }

    /// <summary>Number by which other tables know a study.</summary>
    /// <exception cref="StorageException">There is none of that name.</exception>
    public static long Id(SqliteConnection connection, string name)
    {
        using var command = SqliteFile.Command(connection, "SELECT id FROM study WHERE name = $name", ("$name", name));
        return (long?)command.ExecuteScalar() ?? throw StorageException.NoStudy(name);
    }
}
