namespace Evenhand.Tuning.Objectives;

/// <summary>A measure and which way is better.</summary>
/// <param name="Measure">Name of the measure.</param>
/// <param name="Maximize">Whether more is better.</param>
public sealed record MeasureGoal(string Measure, bool Maximize)
{
    private readonly double _scale = 1;

    /// <summary>Name of the measure, not blank.</summary>
    public string Measure { get; } = string.IsNullOrWhiteSpace(Measure)
        ? throw new ArgumentException("A goal needs a measure.", nameof(Measure))
        : Measure;

    /// <summary>The measure is divided by this before it is weighed against others; in the measure's units.</summary>
    /// <value>1</value>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public double Scale
    {
        get => _scale;
        init => _scale = double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A scale must be positive and finite.");
    }

    /// <summary>The measure on its scale, turned so that less is better.</summary>
    /// <param name="measures">By name.</param>
    internal double Loss(IReadOnlyDictionary<string, double> measures) =>
        (Maximize ? -1 : 1) * measures.GetValueOrDefault(Measure, double.NaN) / Scale;
}
