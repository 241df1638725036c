namespace Evenhand.Metrics.Catalogue;

/// <summary>Metrics of predicted numbers.</summary>
internal static class RatingCards
{
    private const string Mean = "(weighted) mean over rows";

    public static IReadOnlyList<Metric> Metrics { get; } =
    [
        new RatingMetric(
            new FormulaCard
            {
                Name = "rmse",
                Title = "Root mean squared error",
                Formula = "sqrt(sum w (prediction - label)^2 / sum w)",
                Low = 0,
                High = double.PositiveInfinity,
                Direction = MetricDirection.Minimize,
                Aggregation = "root of the " + Mean,
                Source = "Herlocker et al. 2004, Evaluating collaborative filtering recommender systems, section 4.1",
                EqualTo = "scikit-learn: sklearn.metrics.mean_squared_error(squared=False)",
                Notes = "In the label's units. Undefined without rows.",
            },
            sums => Math.Sqrt(sums.SquaredError / sums.Weight)),
        new RatingMetric(
            new FormulaCard
            {
                Name = "mae",
                Title = "Mean absolute error",
                Formula = "sum w |prediction - label| / sum w",
                Low = 0,
                High = double.PositiveInfinity,
                Direction = MetricDirection.Minimize,
                Aggregation = Mean,
                Source = "Herlocker et al. 2004, Evaluating collaborative filtering recommender systems, section 4.1",
                EqualTo = "scikit-learn: sklearn.metrics.mean_absolute_error",
                Notes = "In the label's units. Undefined without rows.",
            },
            sums => sums.AbsoluteError / sums.Weight),
        new RatingMetric(
            new FormulaCard
            {
                Name = "mean-error",
                Title = "Mean error (bias)",
                Formula = "sum w (prediction - label) / sum w",
                Low = double.NegativeInfinity,
                High = double.PositiveInfinity,
                Direction = MetricDirection.Minimize,
                Aggregation = Mean,
                Source = "Hyndman and Koehler 2006, Another look at measures of forecast accuracy, section 2",
                EqualTo = "NumPy: mean(prediction - label)",
                Notes = "In the label's units; above 0 predictions are too high. Signed: 0 is best, and only its "
                    + "difference between groups is worth minimizing; it has no ratio and no worst group. "
                    + "Undefined without rows.",
            },
            sums => sums.Error / sums.Weight),
    ];
}
