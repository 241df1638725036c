using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Comparison;

/// <summary>A metric of each row by itself, where it is a mean over rows, so that tests of mean differences test
/// it.</summary>
public static class RowValues
{
    private const double Rounding = 1e-9;

    /// <summary>The metric of each row: of a user's list its NDCG, of a decision 1 where it is right.</summary>
    /// <param name="data">Predictions and truth; of rankings, users with relevant items are looked at.</param>
    /// <param name="metric">The metric.</param>
    /// <returns>One value a row, NaN where the metric is undefined for it; null where the metric is not the mean of
    /// these, as F1, an area under a curve, a root mean square or a coverage, and where rows are drawn together in
    /// units.</returns>
    /// <exception cref="ArgumentException">The metric does not fit the data.</exception>
    public static double[]? Of(EvaluationData data, Metric metric)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(metric);
        data.Validate();
        GroupReport.CheckFits(metric.Name, metric.Kind, data);
        GroupReport.CheckNeeds(metric, data);
        if (data.Units is not null || metric.Statistic.For(data) is not AdditiveStatistic statistic)
        {
            return null;
        }

        var values = new double[data.Count];
        var row = new double[statistic.Width];

        // Of rows with an even and with an odd number.
        var (even, odd) = (new Mean(statistic.Width), new Mean(statistic.Width));
        for (var i = 0; i < values.Length; i++)
        {
            if (data is RankingEvaluation ranking && ranking.Relevant[i].Length == 0)
            {
                values[i] = double.NaN;
                continue;
            }

            statistic.Contribute(data, i, 1, row);
            values[i] = metric.Value(row);
            (i % 2 == 0 ? even : odd).Add(row, values[i]);
        }

        // A mean over rows is one over any part of them; another figure is not, but for an accident in all three.
        return even.IsOf(metric) && odd.IsOf(metric) && even.With(odd).IsOf(metric) ? values : null;
    }

    /// <summary>The figures of some rows, and the sum of the metric over those where it is defined.</summary>
    private sealed class Mean(int width)
    {
        private readonly double[] _sums = new double[width];
        private double _values;
        private int _defined;

        public void Add(ReadOnlySpan<double> row, double value)
        {
            for (var i = 0; i < row.Length; i++)
            {
                _sums[i] += row[i];
            }

            _values += double.IsNaN(value) ? 0 : value;
            _defined += double.IsNaN(value) ? 0 : 1;
        }

        public Mean With(Mean other)
        {
            var both = new Mean(width) { _values = _values + other._values, _defined = _defined + other._defined };
            for (var i = 0; i < width; i++)
            {
                both._sums[i] = _sums[i] + other._sums[i];
            }

            return both;
        }

        public bool IsOf(Metric metric)
        {
            var (mean, value) = (_values / _defined, metric.Value(_sums));
            return double.IsNaN(value) ? _defined == 0 : Math.Abs(mean - value) <= Rounding * Math.Max(1, Math.Abs(value));
        }
    }
}
