namespace Evenhand.Learning.Mitigations.In.PrecisionRecallPenalty;

/// <summary>Differences in soft precision times soft recall.</summary>
/// <param name="weight">Weight against the mean loss.</param>
internal sealed class PrecisionRecallDifference(double weight) : GroupPenalty(weight)
{
    protected override int StatisticCount => 1;

    protected override GroupStatistic? Of(int statistic, SoftCounts counts, int group)
    {
        var (positives, truePositives) = (counts.Positives[group], counts.TruePositives[group]);
        var predicted = truePositives + counts.FalsePositives[group];
        if (positives <= 0 || predicted <= 0)
        {
            return null;
        }

        var (precision, recall) = (truePositives / predicted, truePositives / positives);
        return new GroupStatistic(
            precision * recall,
            (2 * precision / positives) - (precision * recall / predicted),
            -precision * recall / predicted);
    }
}
