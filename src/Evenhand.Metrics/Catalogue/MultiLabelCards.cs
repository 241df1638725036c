using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Catalogue;

/// <summary>Metrics of decided sets of labels, and of the probabilities behind them.</summary>
internal static class MultiLabelCards
{
    private const string Overview = "Tsoumakas, Katakis, Vlahavas 2010, Mining multi-label data, section 7";
    private const string Counts = "t_l rows with label l, d_l rows decided to have it, h_l rows of both. ";
    private const string Sets = "T and D are the true and the decided labels of a row; one without any of either "
        + "counts as 1 (scikit-learn: zero_division=1). Undefined without rows.";

    public static IReadOnlyList<Metric> Metrics { get; } =
    [
        Of(
            Card(
                "subset-accuracy",
                "Subset accuracy",
                "share of rows with D = T",
                "(weighted) mean over rows",
                Overview,
                "scikit-learn: sklearn.metrics.accuracy_score",
                "T and D are the true and the decided labels of a row. Undefined without rows."),
            sums => sums.Row(MultiLabelStatistic.Exact) / sums.Weight),
        Of(
            Card(
                "hamming-loss",
                "Hamming loss",
                "sum over l of (t_l + d_l - 2 h_l) / (n L)",
                "(weighted) mean over rows and labels",
                "Schapire and Singer 2000, BoosTexter: a boosting-based system for text categorization, section 2",
                "scikit-learn: sklearn.metrics.hamming_loss",
                Counts + "n rows, L labels. The share of wrong decisions. Undefined without rows.")
                with { Direction = MetricDirection.Minimize },
            sums => Math.Max(0, ClassSums.Sum(sums.Labels) + ClassSums.Sum(sums.Decisions) - (2 * ClassSums.Sum(sums.Correct)))
                / (sums.Weight * sums.Count)),
        Of(
            Card(
                "label-micro-f1",
                "F1 score over all labels (micro-averaged)",
                "2 sum h_l / sum (t_l + d_l)",
                "ratio of (weighted) counts of labels of rows",
                Overview,
                "scikit-learn: sklearn.metrics.f1_score(average='micro')",
                Counts + "Undefined where no row has a label and none is decided."),
            ClassFigures.MicroF1),
        Of(
            Card(
                "label-macro-f1",
                "F1 score by label (macro-averaged)",
                "mean over l with t_l + d_l > 0 of 2 h_l / (t_l + d_l)",
                "mean over labels of ratios of (weighted) counts of rows",
                Overview,
                "scikit-learn: sklearn.metrics.f1_score(average='macro') where each label occurs or is decided",
                Counts + "Labels that neither occur nor are decided are left out. Undefined where none is left."),
            ClassFigures.MacroF1),
        Of(
            Card(
                "label-micro-precision",
                "Precision over all labels (micro-averaged)",
                "sum h_l / sum d_l",
                "ratio of (weighted) counts of labels of rows",
                Overview,
                "scikit-learn: sklearn.metrics.precision_score(average='micro')",
                Counts + "Undefined where nothing is decided."),
            sums => ClassSums.Sum(sums.Correct) / ClassSums.Sum(sums.Decisions)),
        Of(
            Card(
                "label-micro-recall",
                "Recall over all labels (micro-averaged)",
                "sum h_l / sum t_l",
                "ratio of (weighted) counts of labels of rows",
                Overview,
                "scikit-learn: sklearn.metrics.recall_score(average='micro')",
                Counts + "Undefined where no row has a label."),
            sums => ClassSums.Sum(sums.Correct) / ClassSums.Sum(sums.Labels)),
        Of(
            Card(
                "samples-f1",
                "F1 score by row",
                "mean over rows of 2 |T and D| / (|T| + |D|)",
                "(weighted) mean over rows",
                "Godbole and Sarawagi 2004, Discriminative methods for multi-labeled classification, section 3.1",
                "scikit-learn: sklearn.metrics.f1_score(average='samples', zero_division=1)",
                Sets),
            sums => sums.Row(MultiLabelStatistic.F1) / sums.Weight),
        Of(
            Card(
                "samples-jaccard",
                "Jaccard index by row",
                "mean over rows of |T and D| / |T or D|",
                "(weighted) mean over rows",
                "Godbole and Sarawagi 2004, Discriminative methods for multi-labeled classification, section 3.1",
                "scikit-learn: sklearn.metrics.jaccard_score(average='samples', zero_division=1)",
                Sets),
            sums => sums.Row(MultiLabelStatistic.Jaccard) / sums.Weight),
        Probabilistic(
            Card(
                "multi-label-log-loss",
                "Log loss over all labels",
                "mean over rows and labels of -(label ln p + (1 - label) ln(1 - p))",
                "(weighted) mean over rows and labels",
                "Good 1952, Rational decisions",
                "scikit-learn: mean of sklearn.metrics.log_loss of each label",
                "Needs probabilities; in nats; p is kept within [2^-52, 1 - 2^-52]. Undefined without rows.")
                with { High = double.PositiveInfinity, Direction = MetricDirection.Minimize },
            sums => sums.Row(MultiLabelStatistic.Loss) / sums.Weight),
        Probabilistic(
            Card(
                "label-ranking-average-precision",
                "Label ranking average precision",
                "mean over rows, mean over l in T, of |{k in T: p_k >= p_l}| / |{k: p_k >= p_l}|",
                "(weighted) mean over rows",
                "Schapire and Singer 2000, BoosTexter: a boosting-based system for text categorization, section 2",
                "scikit-learn: sklearn.metrics.label_ranking_average_precision_score",
                "Needs probabilities. A row without labels counts as 1. Undefined without rows."),
            sums => sums.Row(MultiLabelStatistic.RankingPrecision) / sums.Weight),
        new ClassRocAucMetric(
            PredictionKind.MultiLabel,
            Card(
                "label-macro-roc-auc",
                "Area under the ROC curve by label (macro-averaged)",
                "mean over l with 0 < t_l < n of the roc-auc of p_l",
                "mean over labels of (weighted) means over pairs of rows",
                "Hanley and McNeil 1982, The meaning and use of the area under a ROC curve",
                "scikit-learn: sklearn.metrics.roc_auc_score(average='macro')",
                "Needs probabilities. Labels that no row has, or all have, are left out. Undefined where none is left.")),
    ];

    private static ClassMetric Of(FormulaCard card, ClassFunction value) =>
        new(PredictionKind.MultiLabel, card, false, value);

    private static ClassMetric Probabilistic(FormulaCard card, ClassFunction value) =>
        new(PredictionKind.MultiLabel, card, true, value);

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
            Notes = notes,
        };
}
