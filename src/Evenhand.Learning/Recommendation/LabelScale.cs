using System.Runtime.CompilerServices;

namespace Evenhand.Learning.Recommendation;

/// <summary>Weighted mean and standard deviation of training labels, and their range.</summary>
/// <param name="Mean">Weighted mean.</param>
/// <param name="Deviation">Weighted standard deviation (of the population); 1 where all labels are equal.</param>
/// <param name="Low">Smallest label.</param>
/// <param name="High">Largest label.</param>
internal readonly record struct LabelScale(double Mean, double Deviation, double Low, double High)
{
    public double Clip(double rating) => Math.Clamp(rating, Low, High);

    // Called once, over all labels: it must be fast the first time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static LabelScale Of(Interactions rows)
    {
        var labels = rows.Labels!;
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

    public static LabelScale Of(double mean, double variance, double low, double high) =>
        new(mean, variance > 0 ? Math.Sqrt(variance) : 1, low, high);

    public static LabelScale Read(ModelReader reader) => new(
        reader.ReadDouble("labelMean"),
        reader.ReadDouble("labelDeviation"),
        reader.ReadDouble("labelLow"),
        reader.ReadDouble("labelHigh"));

    public void Write(ModelWriter writer)
    {
        writer.Write("labelMean", Mean);
        writer.Write("labelDeviation", Deviation);
        writer.Write("labelLow", Low);
        writer.Write("labelHigh", High);
    }
}
