using System.Runtime.CompilerServices;

namespace Evenhand.Learning.Recommendation;

/// <summary>Weighted mean and standard deviation of training labels, and their range.</summary>
/// <param name="Mean">Weighted mean.</param>
/// <param name="Deviation">Weighted standard deviation (of the population); 1 where all labels are equal.</param>
/// <param name="Low">Smallest label.</param>
/// <param name="High">Largest label.</param>
public readonly record struct LabelScale(double Mean, double Deviation, double Low, double High)
{
    /// <summary>The nearest rating within the range of the labels.</summary>
    public double Clip(double rating) => Math.Clamp(rating, Low, High);

    /// <summary>The scale of training labels.</summary>
    /// <param name="rows">Rows with labels, at least one.</param>
    /// <exception cref="ArgumentException">The rows have no labels.</exception>
    // Called once, over all labels: it must be fast the first time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static LabelScale Of(Interactions rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var labels = rows.Labels ?? throw new ArgumentException("The rows have no labels.", nameof(rows));
        var (sum, weights) = (0.0, 0.0);
        for (var row = 0; row < labels.Length; row++)
        {
            sum += rows.Weight(row) * labels[row];
            weights += rows.Weight(row);
        }

        var (low, high) = (labels.Min(), labels.Max());
        var mean = Math.Clamp(sum / weights, low, high);
        var squares = 0.0;
        for (var row = 0; row < labels.Length; row++)
        {
            squares += rows.Weight(row) * (labels[row] - mean) * (labels[row] - mean);
        }

        return Of(mean, squares / weights, low, high);
    }

    /// <summary>The scale of labels whose moments are known.</summary>
    /// <param name="mean">Weighted mean.</param>
    /// <param name="variance">Weighted variance.</param>
    /// <param name="low">Smallest label.</param>
    /// <param name="high">Largest label.</param>
    public static LabelScale Of(double mean, double variance, double low, double high) =>
        new(mean, variance > 0 ? Math.Sqrt(variance) : 1, low, high);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static LabelScale Read(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new LabelScale(
            reader.ReadDouble("labelMean"),
            reader.ReadDouble("labelDeviation"),
            reader.ReadDouble("labelLow"),
            reader.ReadDouble("labelHigh"));
    }

    /// <summary>Writes the scale as a part of a model's state.</summary>
    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write("labelMean", Mean);
        writer.Write("labelDeviation", Deviation);
        writer.Write("labelLow", Low);
        writer.Write("labelHigh", High);
    }
}
