namespace Evenhand.Learning.Mitigations.Post.GroupCalibration;

/// <summary>What a prediction is corrected by: <c>Offset + Slope * (prediction - Center)</c>, in units of the
/// label.</summary>
/// <param name="Offset">Correction at the centre.</param>
/// <param name="Slope">Change of the correction with the prediction; at least -1.</param>
/// <param name="Center">Mean of all predictions on which the lines were learned.</param>
internal readonly record struct CorrectionLine(double Offset, double Slope, double Center)
{
    public double At(double prediction) => Offset + (Slope * (prediction - Center));

    /// <summary>Damped least squares of the errors on the predictions, group by group.</summary>
    /// <param name="predictions">One prediction a row.</param>
    /// <param name="labels">What was to be predicted.</param>
    /// <param name="weights">One weight a row; empty where all weigh 1.</param>
    /// <param name="groups">Group of each row; rows with a negative one count for the centre and the variance
    /// only.</param>
    /// <param name="count">Number of groups.</param>
    /// <param name="damping">Ratings without error that each group is given.</param>
    public static CorrectionLine[] Fit(
        ReadOnlySpan<double> predictions,
        ReadOnlySpan<double> labels,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<int> groups,
        int count,
        double damping)
    {
        var (center, variance) = Moments(predictions, weights);
        var sums = new (double Weight, double X, double XX, double E, double XE)[count];
        for (var row = 0; row < predictions.Length; row++)
        {
            if (groups[row] >= 0)
            {
                var weight = weights.IsEmpty ? 1 : weights[row];
                var (x, error) = (predictions[row] - center, labels[row] - predictions[row]);
                ref var sum = ref sums[groups[row]];
                sum.Weight += weight;
                sum.X += weight * x;
                sum.XX += weight * x * x;
                sum.E += weight * error;
                sum.XE += weight * x * error;
            }
        }

        return Array.ConvertAll(sums, sum =>
        {
            // Normal equations in offset and slope, each with the damping on its diagonal.
            var (a, b, c) = (sum.Weight + damping, sum.X, sum.XX + (damping * variance));
            var determinant = (a * c) - (b * b);

            // Predictions that are all but equal say nothing of a slope.
            var slope = determinant > 1e-9 * a * c ? Math.Max(-1, ((a * sum.XE) - (b * sum.E)) / determinant) : 0;
            return a > 0 ? new CorrectionLine((sum.E - (b * slope)) / a, slope, center) : default;
        });
    }

    private static (double Mean, double Variance) Moments(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        var (total, mean) = (0.0, 0.0);
        for (var row = 0; row < values.Length; row++)
        {
            var weight = weights.IsEmpty ? 1 : weights[row];
            total += weight;
            mean += weight * values[row];
        }

        mean /= total;
        var variance = 0.0;
        for (var row = 0; row < values.Length; row++)
        {
            variance += (weights.IsEmpty ? 1 : weights[row]) * (values[row] - mean) * (values[row] - mean);
        }

        return (mean, variance / total);
    }
}
