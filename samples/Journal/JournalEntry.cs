using System.Text.Json;
using System.Text.Json.Serialization;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;

namespace Journal;

/// <summary>One line of a journal: what happened to a study. One of the properties says what.</summary>
/// <param name="Study">Name of the study.</param>
internal sealed record JournalEntry(string Study)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public StudyRecord? Created { get; init; }

    public bool? Deleted { get; init; }

    /// <summary>A claim, and in <see cref="Owner"/> whose it is.</summary>
    public TrialClaim? Claimed { get; init; }

    public string? Owner { get; init; }

    public int? Released { get; init; }

    public FinishedTrial? Finished { get; init; }

    public IReadOnlyList<int>? Discarded { get; init; }

    public static JournalEntry Parse(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize<JournalEntry>(line, Json) ?? throw new JsonException("a line is null");

    public byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Json), (byte)'\n'];
}
