namespace Evenhand.Metrics.Catalogue;

/// <summary>Metrics of decisions and of the scores behind them.</summary>
internal static class ClassificationCards
{
    private const string Handbook =
        "Sokolova and Lapalme 2009, A systematic analysis of performance measures for classification tasks, table 2";

    private const string Neutral = "Neither direction is better in itself, and larger only by convention; what matters "
        + "is how it differs between groups.";

    public static Metric SelectionRate { get; } = Rate(
        "selection-rate",
        "Selection rate",
        "(TP + FP) / n",
        MetricDirection.Maximize,
        "Barocas, Hardt, Narayanan 2023, Fairness and Machine Learning, chapter 3",
        "Fairlearn: fairlearn.metrics.selection_rate",
        Neutral + " Undefined without rows.",
        c => c.Selected / c.Total,
        c => c.Total);

    public static Metric TruePositiveRate { get; } = Rate(
        "true-positive-rate",
        "True positive rate",
        "TP / (TP + FN)",
        MetricDirection.Maximize,
        Handbook,
        "Fairlearn: fairlearn.metrics.true_positive_rate",
        "The same figure as recall. Undefined without positives.",
        c => c.TruePositives / c.Positives,
        c => c.Positives);

    public static Metric FalsePositiveRate { get; } = Rate(
        "false-positive-rate",
        "False positive rate",
        "FP / (FP + TN)",
        MetricDirection.Minimize,
        Handbook,
        "Fairlearn: fairlearn.metrics.false_positive_rate",
        "Undefined without negatives.",
        c => c.FalsePositives / c.Negatives,
        c => c.Negatives);

    public static Metric Precision { get; } = Rate(
        "precision",
        "Precision",
        "TP / (TP + FP)",
        MetricDirection.Maximize,
        Handbook,
        "scikit-learn: sklearn.metrics.precision_score",
        "Undefined where nothing is decided positive (scikit-learn gives 0 and a warning).",
        c => c.TruePositives / c.Selected,
        c => c.Selected);

    public static IReadOnlyList<Metric> Metrics { get; } =
    [
        Rate(
            "accuracy",
            "Accuracy",
            "(TP + TN) / n",
            MetricDirection.Maximize,
            Handbook,
            "scikit-learn: sklearn.metrics.accuracy_score",
            "Undefined without rows.",
            c => (c.TruePositives + c.TrueNegatives) / c.Total,
            c => c.Total),
        Rate(
            "balanced-accuracy",
            "Balanced accuracy",
            "(TP / (TP + FN) + TN / (TN + FP)) / 2",
            MetricDirection.Maximize,
            "Brodersen et al. 2010, The balanced accuracy and its posterior distribution",
            "scikit-learn: sklearn.metrics.balanced_accuracy_score",
            "Undefined where a class is missing (scikit-learn then gives the recall of the other class).",
            c => ((c.TruePositives / c.Positives) + (c.TrueNegatives / c.Negatives)) / 2,
            c => Math.Min(c.Positives, c.Negatives)),
        Precision,
        Rate(
            "recall",
            "Recall",
            "TP / (TP + FN)",
            MetricDirection.Maximize,
            Handbook,
            "scikit-learn: sklearn.metrics.recall_score",
            "Undefined without positives (scikit-learn gives 0 and a warning).",
            c => c.TruePositives / c.Positives,
            c => c.Positives),
        Rate(
            "f1",
            "F1 score",
            "2 TP / (2 TP + FP + FN)",
            MetricDirection.Maximize,
            Handbook,
            "scikit-learn: sklearn.metrics.f1_score",
            "Undefined where nothing is positive and nothing decided positive (scikit-learn gives 0 and a warning).",
            c => 2 * c.TruePositives / ((2 * c.TruePositives) + c.FalsePositives + c.FalseNegatives),
            c => c.TruePositives + c.FalsePositives + c.FalseNegatives),
        new RocAucMetric(new FormulaCard
        {
            Name = "roc-auc",
            Title = "Area under the ROC curve",
            Formula = "sum over pairs (positive p, negative n) of w_p w_n ([s_p > s_n] + [s_p = s_n] / 2) "
                + "/ sum w_p w_n",
            Low = 0,
            High = 1,
            Direction = MetricDirection.Maximize,
            Aggregation = "(weighted) mean over pairs of a positive and a negative row of the same population",
            Source = "Hanley and McNeil 1982, The meaning and use of the area under a ROC curve",
            EqualTo = "scikit-learn: sklearn.metrics.roc_auc_score",
            Notes = "Needs scores. Undefined where a class is missing.",
        }),
        new LogLossMetric(new FormulaCard
        {
            Name = "log-loss",
            Title = "Log loss",
            Formula = "-sum w (label ln p + (1 - label) ln(1 - p)) / sum w",
            Low = 0,
            High = double.PositiveInfinity,
            Direction = MetricDirection.Minimize,
            Aggregation = "(weighted) mean over rows",
            Source = "Good 1952, Rational decisions",
            EqualTo = "scikit-learn: sklearn.metrics.log_loss",
            Notes = "Needs scores; in nats; p is kept within [2^-52, 1 - 2^-52], so a row costs at most 36.04. "
                + "Undefined without rows and where a score lies outside [0, 1].",
        }),
        SelectionRate,
        TruePositiveRate,
        FalsePositiveRate,
        Rate(
            "true-negative-rate",
            "True negative rate",
            "TN / (TN + FP)",
            MetricDirection.Maximize,
            Handbook,
            "Fairlearn: fairlearn.metrics.true_negative_rate",
            "Undefined without negatives.",
            c => c.TrueNegatives / c.Negatives,
            c => c.Negatives),
        Rate(
            "false-negative-rate",
            "False negative rate",
            "FN / (TP + FN)",
            MetricDirection.Minimize,
            Handbook,
            "Fairlearn: fairlearn.metrics.false_negative_rate",
            "Undefined without positives.",
            c => c.FalseNegatives / c.Positives,
            c => c.Positives),
        Rate(
            "base-rate",
            "Base rate",
            "(TP + FN) / n",
            MetricDirection.Maximize,
            "Barocas, Hardt, Narayanan 2023, Fairness and Machine Learning, chapter 3",
            "AIF360: BinaryLabelDatasetMetric.base_rate",
            "A fact of the data, whatever the model. " + Neutral + " Undefined without rows.",
            c => c.Positives / c.Total,
            c => c.Total),
    ];

    private static ConfusionMetric Rate(
        string name,
        string title,
        string formula,
        MetricDirection direction,
        string source,
        string equalTo,
        string notes,
        Func<Confusion, double> value,
        Func<Confusion, double> denominator) =>
        new(
            new FormulaCard
            {
                Name = name,
                Title = title,
                Formula = formula,
                Low = 0,
                High = 1,
                Direction = direction,
                Aggregation = "ratio of (weighted) counts of rows",
                Source = source,
                EqualTo = equalTo,
                Notes = notes,
            },
            value)
        {
            Denominator = denominator,
        };
}
