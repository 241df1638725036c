using Evenhand.Tuning.Space;

namespace Evenhand.Tuning.Trials;

/// <summary>A trial that has ended: what was tried, what came out. Immutable.</summary>
/// <remarks>Two finished trials are equal when all their parts are, measures compared by name and value (NaN equals
/// NaN).</remarks>
public sealed record FinishedTrial
{
    /// <summary>Number in the study, counted from 0.</summary>
    public required int Number { get; init; }

    /// <summary>The attempt that finished, counted from 1; 0 for a trial that was never claimed, as older versions
    /// stored them. What was kept of the trial beside the storage lies under both numbers.</summary>
    /// <value>0</value>
    public int Attempt { get; init; }

    /// <summary>How the trial ended.</summary>
    public required TrialState State { get; init; }

    /// <summary>What was tried.</summary>
    public required ParameterSet Parameters { get; init; }

    /// <summary>The measures by name, NaN where undefined; empty when the trial failed or was pruned.</summary>
    /// <value>No measures.</value>
    public IReadOnlyDictionary<string, double> Measures { get; init; } = new Dictionary<string, double>();

    /// <summary>What it reported as it ran, by ascending step; at least one report when it was pruned.</summary>
    /// <value>No reports.</value>
    public IReadOnlyList<TrialReport> Reports { get; init; } = [];

    /// <summary>What the caller wants to keep with the trial, stored as it is; null for nothing.</summary>
    /// <value>null</value>
    public string? Payload { get; init; }

    /// <summary>Why the trial failed; null when it did not.</summary>
    /// <value>null</value>
    public string? Error { get; init; }

    /// <summary>When the trial was proposed.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Time from proposal to result.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The measure of a name, NaN when the trial does not have it.</summary>
    /// <param name="name">Name of a measure.</param>
    public double Measure(string name) => Measures.TryGetValue(name, out var value) ? value : double.NaN;

    /// <inheritdoc/>
    public bool Equals(FinishedTrial? other) =>
        other is not null && Number == other.Number && Attempt == other.Attempt && State == other.State
        && Parameters.Equals(other.Parameters) && Payload == other.Payload && Error == other.Error
        && Started.EqualsExact(other.Started) && Duration == other.Duration && Measures.Count == other.Measures.Count
        && Measures.All(measure => other.Measures.TryGetValue(measure.Key, out var value)
            && value.Equals(measure.Value))
        && Reports.SequenceEqual(other.Reports);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, State, Parameters, Started, Duration);
}
