namespace Evenhand.Tuning.Trials;

/// <summary>What a running trial told of itself at one step. Immutable.</summary>
/// <remarks>Two reports are equal when their steps and measures are, compared by name and value (NaN equals
/// NaN).</remarks>
/// <param name="Step">Iterations finished when it was made, counted from 1; ascending within a trial.</param>
/// <param name="Measures">The measures by name, NaN where undefined. Whoever reports decides which: those of the
/// objective, so that pruners can judge, and any others worth keeping.</param>
public sealed record TrialReport(int Step, IReadOnlyDictionary<string, double> Measures)
{
    /// <summary>The measures by name, NaN where undefined.</summary>
    public IReadOnlyDictionary<string, double> Measures { get; } =
        new Dictionary<string, double>(
            Measures ?? throw new ArgumentNullException(nameof(Measures)), StringComparer.Ordinal);

    /// <summary>Iterations finished when it was made, counted from 1.</summary>
    public int Step { get; } = Step > 0
        ? Step
        : throw new ArgumentOutOfRangeException(nameof(Step), Step, "Steps are counted from 1.");

    /// <inheritdoc/>
    public bool Equals(TrialReport? other) =>
        other is not null && Step == other.Step && Measures.Count == other.Measures.Count
        && Measures.All(measure => other.Measures.TryGetValue(measure.Key, out var value)
            && value.Equals(measure.Value));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Step, Measures.Count);
}
