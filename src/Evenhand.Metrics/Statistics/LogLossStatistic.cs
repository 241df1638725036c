using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Statistics;

/// <summary>Sums of w and w times the log loss of the row, in nats.</summary>
internal sealed record LogLossStatistic : AdditiveStatistic
{
    // Spacing of doubles at 1. A probability of exactly 0 or 1 costs at most -ln(2^-52) = 36.04 nats.
    private const double Epsilon = 1.0 / (1L << 52);

    public static LogLossStatistic Instance { get; } = new();

    public override int Width => 2;

    public override void Contribute(EvaluationData data, int start, int count, Span<double> target)
    {
        var classification = (ClassificationEvaluation)data;
        for (var i = 0; i < count; i++)
        {
            var row = start + i;
            var weight = classification.Weights?[row] ?? 1;
            target[i] = weight;
            target[count + i] = weight * Loss(classification.Labels[row], classification.Scores![row]);
        }
    }

    /// <summary>The loss of a row. A score outside [0, 1] is no probability: the loss is undefined.</summary>
    public static double Loss(int label, double score)
    {
        var probability = Math.Clamp(Probability.Of(score), Epsilon, 1 - Epsilon);
        return -Math.Log(label == 1 ? probability : 1 - probability);
    }
}
