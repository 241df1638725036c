using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Evenhand.Tuning.Trials;
using Microsoft.Data.Sqlite;

namespace Evenhand.Tuning.Storage;

/// <summary>A finished trial as its row in the store has it, with checksums of all that is read back.</summary>
/// <remarks>Times are ISO 8601 with offset, durations ticks of 100 ns: both come back exactly.</remarks>
internal sealed record SqliteTrial(
    int Number,
    string State,
    string Parameters,
    string Measures,
    string? Error,
    string Started,
    long DurationTicks,
    string? Reports,
    string? Payload)
{
    /// <summary>The columns but for the payload, which is read last, or null in its place.</summary>
    public const string Columns = $"{ColumnsBeforeReports}, trial.reports";

    /// <summary>The columns in a store of a version that has no reports.</summary>
    public const string OldColumns = $"{ColumnsBeforeReports}, NULL";

    private const string ColumnsBeforeReports = """
        trial.number, trial.state, trial.parameters, trial.measures, trial.error, trial.started, trial.duration_ticks
        """;

    private const string Complete = "complete";
    private const string Pruned = "pruned";

    /// <summary>Of everything but the payload, which is not always read. Without reports it is the checksum of versions
    /// that had none.</summary>
    public byte[] Checksum => Hash(
    [
        Number.ToString(CultureInfo.InvariantCulture), State, Parameters, Measures, Error, Started,
        DurationTicks.ToString(CultureInfo.InvariantCulture), .. Reports is null ? Array.Empty<string>() : [Reports],
    ]);

    public byte[] PayloadChecksum => Hash([Payload]);

    public static SqliteTrial Of(FinishedTrial trial) => new(
        trial.Number,
        trial.State switch
        {
            TrialState.Complete => Complete,
            TrialState.Pruned => Pruned,
            _ => "failed",
        },
        TrialJson.Write(trial.Parameters),
        TrialJson.Write(trial.Measures),
        trial.Error,
        TimeText(trial.Started),
        trial.Duration.Ticks,
        TrialJson.Write(trial.Reports),
        trial.Payload);

    /// <summary>Reads the columns in their order, and the payload.</summary>
    public static SqliteTrial Read(SqliteDataReader reader) => new(
        reader.GetInt32(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.IsDBNull(4) ? null : reader.GetString(4),
        reader.GetString(5),
        reader.GetInt64(6),
        reader.IsDBNull(7) ? null : reader.GetString(7),
        reader.IsDBNull(8) ? null : reader.GetString(8));

    /// <exception cref="JsonException">A column cannot be read.</exception>
    /// <exception cref="FormatException">A column cannot be read.</exception>
    public FinishedTrial ToTrial(int attempt) => new()
    {
        Number = Number,
        Attempt = attempt,
        State = State switch
        {
            Complete => TrialState.Complete,
            Pruned => TrialState.Pruned,
            _ => TrialState.Failed,
        },
        Parameters = TrialJson.ReadParameters(Parameters),
        Measures = TrialJson.ReadMeasures(Measures),
        Reports = TrialJson.ReadReports(Reports),
        Error = Error,
        Started = ParseTime(Started),
        Duration = TimeSpan.FromTicks(DurationTicks),
        Payload = Payload,
    };

    /// <summary>Adds the row of a trial and ends its claim.</summary>
    public void Add(SqliteConnection connection, long study, int attempt)
    {
        using var command = SqliteFile.Command(
            connection,
            """
            INSERT INTO trial
                (study, number, state, parameters, measures, error, started, duration_ticks, reports, payload)
            VALUES
                ($study, $number, $state, $parameters, $measures, $error, $started, $duration, $reports, $payload)
            """,
            ("$study", study),
            ("$number", Number),
            ("$state", State),
            ("$parameters", Parameters),
            ("$measures", Measures),
            ("$error", Error),
            ("$started", Started),
            ("$duration", DurationTicks),
            ("$reports", Reports),
            ("$payload", Payload));
        command.ExecuteNonQuery();
        WriteAttempt(connection, study, this, attempt);
    }

    /// <summary>Keeps which attempt has finished a trial, and its checksums.</summary>
    public static void WriteAttempt(SqliteConnection connection, long study, SqliteTrial trial, int attempt)
    {
        using var command = SqliteFile.Command(
            connection,
            """
            INSERT OR REPLACE INTO attempt (study, number, attempt, owner, parameters, checksum, payload_checksum)
            VALUES ($study, $number, $attempt, NULL, $parameters, $checksum, $payload)
            """,
            ("$study", study),
            ("$number", trial.Number),
            ("$attempt", attempt),
            ("$parameters", trial.Parameters),
            ("$checksum", trial.Checksum),
            ("$payload", trial.PayloadChecksum));
        command.ExecuteNonQuery();
    }

    /// <summary>Whether an error while a row was read comes from what stands in it.</summary>
    public static bool IsDamage(Exception problem) => problem is JsonException or FormatException
        or InvalidOperationException or InvalidCastException or OverflowException or ArgumentException;

    public static string TimeText(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None);

    /// <summary>SHA-256 of texts, each with its length before it, so that no two lists of texts look alike.</summary>
    public static byte[] Hash(ReadOnlySpan<string?> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var text in texts)
        {
            var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32LittleEndian(length, text is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }
}
