using Microsoft.Data.Sqlite;

namespace Evenhand.Tuning.Storage;

/// <summary>Brings stores of older versions to this one's.</summary>
internal static class SqliteMigration
{
    /// <summary>Gives the studies and trials of version 1 their checksums. A trial that cannot be read gets none, and
    /// is known as damaged by that.</summary>
    public static void AddChecksums(SqliteConnection connection)
    {
        var studies = new List<(long Id, byte[] Checksum)>();
        Read(
            connection,
            "SELECT name, experiment, definition, created, id FROM study",
            reader => studies.Add((reader.GetInt64(4), SqliteStudies.Checksum(SqliteStudies.Read(reader)))));
        foreach (var (id, checksum) in studies)
        {
            using var command = SqliteFile.Command(
                connection, "UPDATE study SET checksum = $checksum WHERE id = $id", ("$checksum", checksum), ("$id", id));
            command.ExecuteNonQuery();
        }

        var trials = new List<(long Study, SqliteTrial Trial)>();
        Read(
            connection,
            $"SELECT {SqliteTrial.Columns}, payload, study FROM trial",
            reader => trials.Add((reader.GetInt64(9), SqliteTrial.Read(reader))));
        foreach (var (study, trial) in trials)
        {
            SqliteTrial.WriteAttempt(connection, study, trial, attempt: 0);
        }
    }

    private static void Read(SqliteConnection connection, string sql, Action<SqliteDataReader> read)
    {
        using var command = SqliteFile.Command(connection, sql);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            try
            {
                read(reader);
            }
            catch (Exception problem) when (SqliteTrial.IsDamage(problem))
            {
            }
        }
    }
}
