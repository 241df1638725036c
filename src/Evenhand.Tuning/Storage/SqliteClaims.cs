using System.Text.Json;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Trials;
using Microsoft.Data.Sqlite;

namespace Evenhand.Tuning.Storage;

/// <summary>The claims in a store: the attempts at trials that have not finished.</summary>
internal static class SqliteClaims
{
    /// <summary>The last attempt at a trial and who holds it; attempt 0 and nobody where there is none.</summary>
    public static (int Attempt, string? Owner) Last(SqliteConnection connection, long study, int number)
    {
        using var command = SqliteFile.Command(
            connection,
            "SELECT attempt, owner FROM attempt WHERE study = $study AND number = $number",
            ("$study", study),
            ("$number", number));
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt32(0), reader.IsDBNull(1) ? null : reader.GetString(1)) : (0, null);
    }

    /// <summary>Begins an attempt.</summary>
    public static void Add(
        SqliteConnection connection, long study, int number, int attempt, string owner, ParameterSet parameters)
    {
        using var command = SqliteFile.Command(
            connection,
            """
            INSERT OR REPLACE INTO attempt (study, number, attempt, owner, parameters)
            VALUES ($study, $number, $attempt, $owner, $parameters)
            """,
            ("$study", study),
            ("$number", number),
            ("$attempt", attempt),
            ("$owner", owner),
            ("$parameters", TrialJson.Write(parameters)));
        command.ExecuteNonQuery();
    }

    /// <summary>Gives up an attempt that the owner holds.</summary>
    public static void Release(SqliteConnection connection, long study, int number, int attempt, string owner)
    {
        using var command = SqliteFile.Command(
            connection,
            """
            UPDATE attempt SET owner = NULL
            WHERE study = $study AND number = $number AND attempt = $attempt AND owner = $owner
            """,
            ("$study", study),
            ("$number", number),
            ("$attempt", attempt),
            ("$owner", owner));
        command.ExecuteNonQuery();
    }

    /// <summary>The attempts at trials that have not finished, by number. One whose parameters are damaged is left out:
    /// it is in nobody's way, and what it tried is not known.</summary>
    public static List<TrialClaim> Open(SqliteConnection connection, long study, Func<string, bool> lives)
    {
        using var command = SqliteFile.Command(
            connection,
            """
            SELECT number, attempt, owner, parameters FROM attempt
            WHERE study = $study AND checksum IS NULL ORDER BY number
            """,
            ("$study", study));
        using var reader = command.ExecuteReader();
        var claims = new List<TrialClaim>();
        while (reader.Read())
        {
            try
            {
                claims.Add(new TrialClaim(
                    reader.GetInt32(0),
                    reader.GetInt32(1),
                    TrialJson.ReadParameters(reader.GetString(3)),
                    !reader.IsDBNull(2) && lives(reader.GetString(2))));
            }
            catch (Exception problem) when (SqliteTrial.IsDamage(problem))
            {
            }
        }

        return claims;
    }
}
