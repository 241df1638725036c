namespace Evenhand.Learning.Mitigations.In;

/// <summary>The differences between groups in statistics of their soft counts: the mean over statistics of the mean
/// squared difference over pairs of groups.</summary>
/// <param name="weight">Weight against the mean loss.</param>
public abstract class GroupPenalty(double weight)
{
    /// <summary>Weight against the mean loss.</summary>
    public double Weight => weight;

    /// <summary>Number of statistics.</summary>
    protected abstract int StatisticCount { get; }

    /// <summary>A statistic of a group; null where the group's counts do not tell it.</summary>
    /// <param name="statistic">Number of the statistic, from 0.</param>
    /// <param name="counts">The counts of all groups.</param>
    /// <param name="group">The group.</param>
    protected abstract GroupStatistic? Of(int statistic, SoftCounts counts, int group);

    /// <summary>The penalty, not weighed, and its gradient.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="byTruePositives">Takes the derivative by each group's true positives.</param>
    /// <param name="byFalsePositives">Takes the derivative by each group's false positives.</param>
    public double Measure(SoftCounts counts, Span<double> byTruePositives, Span<double> byFalsePositives)
    {
        ArgumentNullException.ThrowIfNull(counts);
        byTruePositives.Clear();
        byFalsePositives.Clear();
        var sum = 0.0;
        for (var k = 0; k < StatisticCount; k++)
        {
            var (statistics, mean, known) = Known(k, counts);
            if (known < 2)
            {
                continue;
            }

            // The mean of (s_g - s_h)^2 over pairs is 2 / (n - 1) times the sum of (s_g - mean)^2.
            var scale = 2.0 / ((known - 1) * StatisticCount);
            for (var group = 0; group < statistics.Length; group++)
            {
                if (statistics[group] is { } own)
                {
                    var distance = own.Value - mean;
                    sum += scale * distance * distance;
                    byTruePositives[group] += 2 * scale * distance * own.ByTruePositives;
                    byFalsePositives[group] += 2 * scale * distance * own.ByFalsePositives;
                }
            }
        }

        return sum;
    }

    /// <summary>The second derivatives of the penalty, as far as they come from the first ones of the statistics
    /// (Gauss-Newton; positive semidefinite), times a direction.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="truePositives">Change of each group's true positives.</param>
    /// <param name="falsePositives">Change of each group's false positives.</param>
    /// <param name="byTruePositives">Takes the product for each group's true positives.</param>
    /// <param name="byFalsePositives">Takes the product for each group's false positives.</param>
    public void MultiplyCurvature(
        SoftCounts counts,
        ReadOnlySpan<double> truePositives,
        ReadOnlySpan<double> falsePositives,
        Span<double> byTruePositives,
        Span<double> byFalsePositives)
    {
        ArgumentNullException.ThrowIfNull(counts);
        byTruePositives.Clear();
        byFalsePositives.Clear();
        var changes = new double[counts.Groups];
        for (var k = 0; k < StatisticCount; k++)
        {
            var (statistics, _, known) = Known(k, counts);
            if (known < 2)
            {
                continue;
            }

            var mean = 0.0;
            for (var group = 0; group < statistics.Length; group++)
            {
                if (statistics[group] is { } own)
                {
                    changes[group] =
                        (own.ByTruePositives * truePositives[group]) + (own.ByFalsePositives * falsePositives[group]);
                    mean += changes[group] / known;
                }
            }

            var scale = 4.0 / ((known - 1) * StatisticCount);
            for (var group = 0; group < statistics.Length; group++)
            {
                if (statistics[group] is { } own)
                {
                    byTruePositives[group] += scale * (changes[group] - mean) * own.ByTruePositives;
                    byFalsePositives[group] += scale * (changes[group] - mean) * own.ByFalsePositives;
                }
            }
        }
    }

    private (GroupStatistic?[] Statistics, double Mean, int Known) Known(int statistic, SoftCounts counts)
    {
        var statistics = new GroupStatistic?[counts.Groups];
        var (sum, known) = (0.0, 0);
        for (var group = 0; group < statistics.Length; group++)
        {
            statistics[group] = Of(statistic, counts, group);
            if (statistics[group] is { } own)
            {
                sum += own.Value;
                known++;
            }
        }

        return (statistics, sum / known, known);
    }
}
