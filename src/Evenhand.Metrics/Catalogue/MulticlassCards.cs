using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Catalogue;

/// <summary>Metrics of decisions for one class of several, and of the probabilities behind them.</summary>
/// <remarks>In formulas t_c are the rows of class c, d_c those decided to be of it, h_c those of both, n all
/// rows.</remarks>
internal static class MulticlassCards
{
    private const string Handbook =
        "Sokolova and Lapalme 2009, A systematic analysis of performance measures for classification tasks, table 3";

    private const string Counts = "t_c rows of class c, d_c rows decided to be of it, h_c rows of both, n all rows. ";

    public static IReadOnlyList<Metric> Metrics { get; } =
    [
        Of(
            "micro-accuracy",
            "Accuracy (micro-averaged)",
            "sum over c of h_c / n",
            "ratio of (weighted) counts of rows",
            Handbook,
            "scikit-learn: sklearn.metrics.accuracy_score; ML.NET: MulticlassClassificationMetrics.MicroAccuracy",
            "Undefined without rows.",
            sums => ClassSums.Sum(sums.Correct) / sums.Weight),
        Of(
            "macro-accuracy",
            "Accuracy (macro-averaged)",
            "mean over c with t_c > 0 of h_c / t_c",
            "mean over classes of ratios of (weighted) counts of rows",
            "Brodersen et al. 2010, The balanced accuracy and its posterior distribution",
            "scikit-learn: sklearn.metrics.balanced_accuracy_score; ML.NET: MulticlassClassificationMetrics.MacroAccuracy",
            "The balanced accuracy. Classes that do not occur are left out. Undefined without rows.",
            ClassFigures.MacroRecall),
        Of(
            "macro-f1",
            "F1 score (macro-averaged)",
            "mean over c with t_c + d_c > 0 of 2 h_c / (t_c + d_c)",
            "mean over classes of ratios of (weighted) counts of rows",
            "Opitz and Burst 2019, Macro F1 and Macro F1 (arXiv 1911.03347), averaged F1",
            "scikit-learn: sklearn.metrics.f1_score(average='macro')",
            "Classes that neither occur nor are decided are left out. Undefined without rows.",
            ClassFigures.MacroF1),
        Of(
            "micro-f1",
            "F1 score (micro-averaged)",
            "2 sum h_c / sum (t_c + d_c)",
            "ratio of (weighted) counts of rows",
            Handbook,
            "scikit-learn: sklearn.metrics.f1_score(average='micro')",
            "The same figure as micro-accuracy, as each row has one class. Undefined without rows.",
            ClassFigures.MicroF1),
        Of(
            "weighted-f1",
            "F1 score (weighted by class)",
            "sum over c of t_c 2 h_c / (t_c + d_c) / n",
            "mean over classes, weighted by their rows",
            Handbook,
            "scikit-learn: sklearn.metrics.f1_score(average='weighted')",
            "Undefined without rows.",
            ClassFigures.WeightedF1),
        Of(
            "macro-precision",
            "Precision (macro-averaged)",
            "mean over c with t_c + d_c > 0 of h_c / d_c, 0 where d_c = 0",
            "mean over classes of ratios of (weighted) counts of rows",
            Handbook,
            "scikit-learn: sklearn.metrics.precision_score(average='macro', zero_division=0)",
            "A class that occurs and is never decided counts as 0. Undefined without rows.",
            ClassFigures.MacroPrecision),
        Of(
            "macro-recall",
            "Recall (macro-averaged)",
            "mean over c with t_c > 0 of h_c / t_c",
            "mean over classes of ratios of (weighted) counts of rows",
            Handbook,
            "scikit-learn: sklearn.metrics.recall_score(average='macro')",
            "The same figure as macro-accuracy. Classes that do not occur are left out (scikit-learn counts one that "
                + "is decided as 0). Undefined without rows.",
            ClassFigures.MacroRecall),
        Signed(
            "cohen-kappa",
            "Cohen's kappa",
            "(a - e) / (1 - e), a = sum h_c / n, e = sum t_c d_c / n^2",
            "Cohen 1960, A coefficient of agreement for nominal scales",
            "scikit-learn: sklearn.metrics.cohen_kappa_score",
            "0 is agreement by chance. Undefined without rows and where all rows have, and are decided to have, one "
                + "class.",
            ClassFigures.Kappa),
        Signed(
            "matthews-correlation",
            "Matthews correlation coefficient",
            "(n sum h_c - sum t_c d_c) / sqrt((n^2 - sum d_c^2)(n^2 - sum t_c^2))",
            "Gorodkin 2004, Comparing two K-category assignments by a K-category correlation coefficient",
            "scikit-learn: sklearn.metrics.matthews_corrcoef",
            "0 is no better than chance. Undefined where all rows have one class or are decided to have one "
                + "(scikit-learn gives 0).",
            ClassFigures.Correlation),
        new ClassMetric(
            PredictionKind.Multiclass,
            Probabilistic(
                "multiclass-log-loss",
                "Log loss",
                "-sum w ln p_label / sum w",
                double.PositiveInfinity,
                "Good 1952, Rational decisions",
                "scikit-learn: sklearn.metrics.log_loss; ML.NET: MulticlassClassificationMetrics.LogLoss",
                "In nats; p is kept within [2^-52, 1 - 2^-52], so a row costs at most 36.04. Undefined without rows.")
                with { Direction = MetricDirection.Minimize },
            true,
            sums => sums.Row(MulticlassStatistic.Loss) / sums.Weight),
        new ClassMetric(
            PredictionKind.Multiclass,
            Probabilistic(
                "log-loss-reduction",
                "Log loss reduction",
                "(H - L) / H, L = multiclass-log-loss, H = -sum (t_c / n) ln(t_c / n)",
                1,
                "McFadden 1974, Conditional logit analysis of qualitative choice behavior, section 2 (pseudo R squared)",
                "ML.NET: MulticlassClassificationMetrics.LogLossReduction",
                "How much better the probabilities are than the shares of the classes in the population itself: 1 is "
                    + "perfect, 0 no better. Undefined where all rows have one class.")
                with { Low = double.NegativeInfinity, Aggregation = "ratio of (weighted) means over rows" },
            true,
            Reduction),
        new ClassMetric(
            PredictionKind.Multiclass,
            Top(2, "two"),
            true,
            sums => sums.Row(MulticlassStatistic.AmongTwo) / sums.Weight),
        new ClassMetric(
            PredictionKind.Multiclass,
            Top(3, "three"),
            true,
            sums => sums.Row(MulticlassStatistic.AmongThree) / sums.Weight),
        new ClassRocAucMetric(
            PredictionKind.Multiclass,
            Probabilistic(
                "macro-roc-auc",
                "Area under the ROC curve (one class against the rest, macro-averaged)",
                "mean over c with 0 < t_c < n of the roc-auc of p_c for c against the rest",
                1,
                "Provost and Domingos 2000, Well-trained PETs: improving probability estimation trees, section 4.2, "
                    + "with equal weights",
                "scikit-learn: sklearn.metrics.roc_auc_score(multi_class='ovr', average='macro')",
                "Classes that do not occur, or all rows have, are left out. Undefined where no class is left.")
                with { Aggregation = "mean over classes of (weighted) means over pairs of rows" }),
    ];

    private static double Reduction(ClassSums sums)
    {
        var entropy = ClassFigures.Entropy(sums);
        return entropy > 0 ? 1 - (sums.Row(MulticlassStatistic.Loss) / sums.Weight / entropy) : double.NaN;
    }

    private static FormulaCard Top(int k, string word) => Probabilistic(
        $"top-{k}-accuracy",
        $"Accuracy of the {word} most probable classes",
        $"share of rows whose class is among the {word} most probable",
        1,
        "Russakovsky et al. 2015, ImageNet large scale visual recognition challenge, section 4.1 (one minus the "
            + "top-k error)",
        $"scikit-learn: sklearn.metrics.top_k_accuracy_score(k={k}) where no probabilities are equal; ML.NET: "
            + "MulticlassClassificationMetrics.TopKAccuracy",
        "Classes of equal probability share the places that they take. Undefined without rows.");

    private static FormulaCard Probabilistic(
        string name, string title, string formula, double high, string source, string equalTo, string notes) =>
        new()
        {
            Name = name,
            Title = title,
            Formula = formula,
            Low = 0,
            High = high,
            Direction = MetricDirection.Maximize,
            Aggregation = "(weighted) mean over rows",
            Source = source,
            EqualTo = equalTo,
            Notes = "Needs probabilities. " + notes,
        };

    private static ClassMetric Signed(
        string name, string title, string formula, string source, string equalTo, string notes, ClassFunction value) =>
        new(PredictionKind.Multiclass, Card(name, title, formula, "function of (weighted) counts of rows", source, equalTo, notes)
            with
        { Low = -1 }, false, value);

    private static ClassMetric Of(
        string name,
        string title,
        string formula,
        string aggregation,
        string source,
        string equalTo,
        string notes,
        ClassFunction value) =>
        new(PredictionKind.Multiclass, Card(name, title, formula, aggregation, source, equalTo, notes), false, value);

    private static FormulaCard Card(
        string name, string title, string formula, string aggregation, string source, string equalTo, string notes) =>
        new()
        {
            Name = name,
            Title = title,
            Formula = formula,
            Low = 0,
            High = 1,
            Direction = MetricDirection.Maximize,
            Aggregation = aggregation,
            Source = source,
            EqualTo = equalTo,
            Notes = Counts + notes,
        };
}
