using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Catalogue;

/// <summary>Metrics of how well scores are probabilities.</summary>
internal static class CalibrationCards
{
    private const string Probabilities = "Needs scores. Undefined without rows and where a score lies outside [0, 1].";

    private static readonly CardTemplate Card = new()
    {
        Direction = MetricDirection.Minimize,
        Aggregation = "(weighted) mean over rows",
        Notes = Probabilities,
    };

    public static IReadOnlyList<Metric> Metrics { get; } =
    [
        new ScoreMetric(
            Card with
            {
                Name = "expected-calibration-error",
                Title = "Expected calibration error",
                Formula = "sum over bins b of |sum in b of w (p - label)| / sum w, 10 bins of equal width: "
                    + "b / 10 <= p < (b + 1) / 10, the last one with p = 1",
                Aggregation = "(weighted) mean over bins by their weight",
                Source = "Guo et al. 2017, On calibration of modern neural networks, eq. 3; of p instead of the "
                    + "confidence of the decision",
                Notes = Probabilities + " Groups with few rows have a larger error by chance alone; see the bounds.",
            },
            CalibrationStatistic.Instance,
            EqualWidthError),
        new ScoreMetric(
            Card with
            {
                Name = "adaptive-calibration-error",
                Title = "Calibration error with bins of equal mass",
                Formula = "sum over bins b of |sum in b of w (p - label)| / sum w, 10 bins of equal weight in the "
                    + "order of p; rows of one p share the bin of the middle of their weight",
                Aggregation = "(weighted) mean over bins by their weight",
                Source = "Nixon et al. 2019, Measuring calibration in deep learning, section 3.2",
                Notes = Probabilities + " The bins are those of the population's own scores.",
            },
            EqualMassCalibrationStatistic.Instance,
            sums => sums[1] / sums[0]),
        new ScoreMetric(
            Card with
            {
                Name = "brier-score",
                Title = "Brier score",
                Formula = "sum w (p - label)^2 / sum w",
                Source = "Brier 1950, Verification of forecasts expressed in terms of probability",
                EqualTo = "scikit-learn: sklearn.metrics.brier_score_loss",
            },
            CalibrationStatistic.Instance,
            sums => sums[CalibrationStatistic.SquaredError] / sums[CalibrationStatistic.Weight]),
        new ScoreMetric(
            Card with
            {
                Name = "calibration-in-the-large",
                Title = "Calibration in the large",
                Formula = "sum w (p - label) / sum w",
                Low = -1,
                Source = "Van Calster et al. 2019, Calibration: the Achilles heel of predictive analytics",
                Notes = Probabilities + " Above 0 the positive class is predicted too often, below 0 too rarely; "
                    + "what matters is how it differs between groups.",
            },
            CalibrationStatistic.Instance,
            sums => sums[CalibrationStatistic.Error] / sums[CalibrationStatistic.Weight]),
    ];

    private static double EqualWidthError(ReadOnlySpan<double> sums)
    {
        var error = 0.0;
        foreach (var bin in sums.Slice(CalibrationStatistic.FirstBin, CalibrationStatistic.Bins))
        {
            error += Math.Abs(bin);
        }

        return error / sums[CalibrationStatistic.Weight];
    }
}
