using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Comparison;

/// <summary>A metric of each user by itself, so that two models can be compared user by user.</summary>
public static class UnitValues
{
    /// <summary>The metric over the rows of each unit: of a list its NDCG, of a user with ratings the RMSE over
    /// these.</summary>
    /// <param name="data">Predictions and truth; of rankings, users with relevant items are looked at.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="units">Unit of each row, from 0; null where each row is one.</param>
    /// <returns>One value a unit, NaN where the metric is undefined for it; null where the metric is no function of sums
    /// over rows, such as an area under a curve or a coverage.</returns>
    /// <exception cref="ArgumentException">The metric does not fit the data, or lengths differ.</exception>
    public static double[]? Of(EvaluationData data, Metric metric, IReadOnlyList<int>? units)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(metric);
        data.Validate();
        GroupReport.CheckFits(metric.Name, metric.Kind, data);
        GroupReport.CheckNeeds(metric, data);
        if (units is not null && units.Count != data.Count)
        {
            throw new ArgumentException($"There are {units.Count} units and {data.Count} rows.");
        }

        if (metric.Statistic.For(data) is not AdditiveStatistic statistic)
        {
            return null;
        }

        var width = statistic.Width;
        var sums = new double[(units is null ? data.Count : units.Count == 0 ? 0 : units.Max() + 1) * width];
        var row = new double[width];
        for (var i = 0; i < data.Count; i++)
        {
            if (data is RankingEvaluation ranking && ranking.Relevant[i].Length == 0)
            {
                continue;
            }

            statistic.Contribute(data, i, 1, row);
            var unit = units is null ? i : units[i];
            for (var figure = 0; figure < width && unit >= 0; figure++)
            {
                sums[(unit * width) + figure] += row[figure];
            }
        }

        var values = new double[sums.Length / width];
        for (var unit = 0; unit < values.Length; unit++)
        {
            values[unit] = metric.Value(sums.AsSpan(unit * width, width));
        }

        return values;
    }
}
