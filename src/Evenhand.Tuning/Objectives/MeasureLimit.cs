using System.Globalization;
using Evenhand.Tuning.Trials;

namespace Evenhand.Tuning.Objectives;

/// <summary>A limit that a feasible trial keeps: <c>gap at most 0.05</c>, <c>ratio at least 0.8</c>.</summary>
public sealed record MeasureLimit
{
    private readonly double _scale = 1;

    private MeasureLimit(string measure, bool atLeast, double limit)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(measure);
        (Measure, IsLowerLimit, Limit) = (measure, atLeast, double.IsFinite(limit)
            ? limit
            : throw new ArgumentOutOfRangeException(nameof(limit), limit, "A limit must be finite."));
    }

    /// <summary>Name of the measure.</summary>
    public string Measure { get; }

    /// <summary>Whether the measure must not be below the limit; otherwise it must not be above.</summary>
    public bool IsLowerLimit { get; }

    /// <summary>The limit, itself feasible.</summary>
    public double Limit { get; }

    /// <summary>Violations of several limits are divided by their scales before they are added up; in the measure's
    /// units.</summary>
    /// <value>1</value>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public double Scale
    {
        get => _scale;
        init => _scale = double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A scale must be positive and finite.");
    }

    /// <summary>The measure must not be above the limit.</summary>
    /// <param name="measure">Name of the measure.</param>
    /// <param name="limit">Largest feasible value.</param>
    public static MeasureLimit AtMost(string measure, double limit) => new(measure, atLeast: false, limit);

    /// <summary>The measure must not be below the limit.</summary>
    /// <param name="measure">Name of the measure.</param>
    /// <param name="limit">Smallest feasible value.</param>
    public static MeasureLimit AtLeast(string measure, double limit) => new(measure, atLeast: true, limit);

    /// <summary>By how much the limit is missed, on the scale; 0 when kept, NaN when the trial lacks the
    /// measure.</summary>
    /// <param name="trial">A finished trial.</param>
    public double Violation(FinishedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return Violation(trial.Measure(Measure));
    }

    /// <summary>By how much a value of the measure misses the limit, on the scale; 0 when kept, NaN for NaN.</summary>
    /// <param name="value">Any value.</param>
    public double Violation(double value) =>
        // Math.Max keeps NaN.
        Math.Max(0, IsLowerLimit ? Limit - value : value - Limit) / Scale;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Measure} {(IsLowerLimit ? ">=" : "<=")} {Limit.ToString("R", CultureInfo.InvariantCulture)}";
}
