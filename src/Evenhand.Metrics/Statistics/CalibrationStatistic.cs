namespace Evenhand.Metrics.Statistics;

/// <summary>Sums over rows of w, w (p - y), w (p - y)^2, and w (p - y) for each of <see cref="Bins"/> bins of equal
/// width, where p is the score and y the label.</summary>
internal sealed record CalibrationStatistic : AdditiveStatistic
{
    /// <summary>Number of bins: bin b holds b / 10 &lt;= p &lt; (b + 1) / 10, the last one also p = 1.</summary>
    public const int Bins = 10;

    public const int Weight = 0;
    public const int Error = 1;
    public const int SquaredError = 2;
    public const int FirstBin = 3;

    public static CalibrationStatistic Instance { get; } = new();

    public override int Width => FirstBin + Bins;

    public override void Contribute(EvaluationData data, int start, int count, Span<double> target)
    {
        var classification = (ClassificationEvaluation)data;
        target.Clear();
        for (var i = 0; i < count; i++)
        {
            var row = start + i;
            var weight = classification.Weights?[row] ?? 1;

            // A score outside [0, 1] is no probability: the figures are undefined.
            var score = Probability.Of(classification.Scores![row]);
            var error = score - classification.Labels[row];
            var bin = double.IsNaN(score) ? 0 : Math.Min((int)(score * Bins), Bins - 1);
            target[i] = weight;
            target[(Error * count) + i] = weight * error;
            target[(SquaredError * count) + i] = weight * error * error;
            target[((FirstBin + bin) * count) + i] = weight * error;
        }
    }
}
