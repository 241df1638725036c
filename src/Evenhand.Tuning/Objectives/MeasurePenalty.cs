using System.Globalization;

namespace Evenhand.Tuning.Objectives;

/// <summary>A term that a <see cref="CompositeObjective"/> weighs against accuracy: <c>weight * distance /
/// scale</c>.</summary>
/// <remarks>The distance is <c>measure - ideal</c> where less is better (a gap), and <c>ideal - measure</c> where more
/// is (a ratio).</remarks>
/// <param name="Measure">Name of the measure.</param>
/// <param name="Weight">Price of one unit of distance on the scale, in units of the scaled accuracy; not
/// negative.</param>
public sealed record MeasurePenalty(string Measure, double Weight)
{
    private readonly double? _ideal;
    private readonly double _scale = 1;

    /// <summary>Name of the measure, not blank.</summary>
    public string Measure { get; } = string.IsNullOrWhiteSpace(Measure)
        ? throw new ArgumentException("A penalty needs a measure.", nameof(Measure))
        : Measure;

    /// <summary>Price of one unit of distance on the scale; finite, not negative.</summary>
    public double Weight { get; } = double.IsFinite(Weight) && Weight >= 0
        ? Weight
        : throw new ArgumentOutOfRangeException(nameof(Weight), Weight, "A weight must be finite and not negative.");

    /// <summary>Whether more of the measure is better, as for ratios between groups.</summary>
    /// <value>false</value>
    public bool Maximize { get; init; }

    /// <summary>Where the distance is zero: perfect parity.</summary>
    /// <value>0 where less is better, 1 where more is.</value>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public double Ideal
    {
        get => _ideal ?? (Maximize ? 1 : 0);
        init => _ideal = double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "An ideal must be finite.");
    }

    /// <summary>The distance that counts as one, in the measure's units.</summary>
    /// <value>1</value>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public double Scale
    {
        get => _scale;
        init => _scale = double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A scale must be positive and finite.");
    }

    /// <summary><c>weight * distance / scale</c>, NaN when the measure is missing.</summary>
    internal double Term(IReadOnlyDictionary<string, double> measures)
    {
        var measure = measures.GetValueOrDefault(Measure, double.NaN);
        return Weight * (Maximize ? Ideal - measure : measure - Ideal) / Scale;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
        var distance = Maximize ? $"({Text(Ideal)} - {Measure})"
            : Ideal == 0 ? Measure
            : $"({Measure} - {Text(Ideal)})";
        return $"{Text(Weight)} * {distance}" + (Scale == 1 ? "" : $" / {Text(Scale)}");
    }
}
