using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Statistics;

/// <summary>Sums of w, w e, w e^2 and w |e| with e = prediction - label.</summary>
internal sealed record ErrorStatistic : AdditiveStatistic
{
    public static ErrorStatistic Instance { get; } = new();

    public override int Width => 4;

    public override void Contribute(EvaluationData data, int start, int count, Span<double> target)
    {
        var ratings = (RatingEvaluation)data;
        var labels = ratings.Labels.AsSpan(start, count);
        var predictions = ratings.Predictions.AsSpan(start, count);
        for (var i = 0; i < count; i++)
        {
            var weight = ratings.Weights?[start + i] ?? 1;
            var error = predictions[i] - labels[i];
            target[i] = weight;
            target[count + i] = weight * error;
            target[(2 * count) + i] = weight * error * error;
            target[(3 * count) + i] = weight * Math.Abs(error);
        }
    }
}
