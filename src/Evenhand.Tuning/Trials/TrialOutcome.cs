namespace Evenhand.Tuning.Trials;

/// <summary>What an evaluation returns: measures, or why there are none.</summary>
public sealed record TrialOutcome
{
    private TrialOutcome(TrialState state, IReadOnlyDictionary<string, double> measures, string? payload,
        string? error) =>
        (State, Measures, Payload, Error) = (state, measures, payload, error);

    /// <summary>How the trial ended.</summary>
    public TrialState State { get; }

    /// <summary>The measures by name, NaN where undefined.</summary>
    public IReadOnlyDictionary<string, double> Measures { get; }

    /// <summary>What the caller wants to keep with the trial; null for nothing.</summary>
    public string? Payload { get; }

    /// <summary>Why the trial failed; null when it did not.</summary>
    public string? Error { get; }

    /// <summary>The evaluation came to its end.</summary>
    /// <param name="measures">By name; NaN where a measure is undefined for this trial.</param>
    /// <param name="payload">Kept with the trial as it is.</param>
    public static TrialOutcome Complete(IReadOnlyDictionary<string, double> measures, string? payload = null)
    {
        ArgumentNullException.ThrowIfNull(measures);
        return new TrialOutcome(
            TrialState.Complete, new Dictionary<string, double>(measures, StringComparer.Ordinal), payload,
                error: null);
    }

    /// <summary>The evaluation failed.</summary>
    /// <param name="error">Why, in words for the user.</param>
    /// <param name="payload">Kept with the trial as it is.</param>
    public static TrialOutcome Failed(string error, string? payload = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(error);
        return new TrialOutcome(TrialState.Failed, new Dictionary<string, double>(), payload, error);
    }

    /// <summary>The evaluation was ended early, after a report that <see cref="Trial.Report"/> answered with
    /// no.</summary>
    /// <param name="payload">Kept with the trial as it is.</param>
    public static TrialOutcome Pruned(string? payload = null) =>
        new(TrialState.Pruned, new Dictionary<string, double>(), payload, error: null);
}
