namespace Evenhand.Learning.Mitigations.In.RatePenalty;

/// <summary>Differences in a soft rate.</summary>
/// <param name="rate">The rate.</param>
/// <param name="weight">Weight against the mean loss.</param>
internal sealed class RateDifference(GroupRate rate, double weight) : GroupPenalty(weight)
{
    protected override int StatisticCount => rate == GroupRate.TrueAndFalsePositive ? 2 : 1;

    protected override GroupStatistic? Of(int statistic, SoftCounts counts, int group)
    {
        var (positives, negatives) = (counts.Positives[group], counts.Negatives[group]);
        var (truePositives, falsePositives) = (counts.TruePositives[group], counts.FalsePositives[group]);
        if (rate == GroupRate.Selection)
        {
            var rows = positives + negatives;
            return rows > 0 ? new GroupStatistic((truePositives + falsePositives) / rows, 1 / rows, 1 / rows) : null;
        }

        if (rate == GroupRate.FalsePositive || statistic == 1)
        {
            return negatives > 0 ? new GroupStatistic(falsePositives / negatives, 0, 1 / negatives) : null;
        }

        return positives > 0 ? new GroupStatistic(truePositives / positives, 1 / positives, 0) : null;
    }
}
