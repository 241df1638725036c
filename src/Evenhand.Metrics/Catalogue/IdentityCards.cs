using Evenhand.Metrics.Fairness;

namespace Evenhand.Metrics.Catalogue;

/// <summary>Metrics of how a classifier treats texts that mention a group: areas under the ROC curve against the rows
/// that do not mention it, and what happens where the terms are swapped.</summary>
internal static class IdentityCards
{
    /// <summary>Power of the generalized mean over groups: so low that the worst groups weigh most.</summary>
    public const double Power = -5;

    private const string Borkan = "Borkan et al. 2019, Nuanced metrics for measuring unintended bias with real data "
        + "for text classification, ";

    private const string Garg = "Garg et al. 2019, Counterfactual fairness in text classification through robustness, ";

    private static readonly CardTemplate AucCard = new()
    {
        Direction = MetricDirection.Maximize,
        Aggregation = "(weighted) mean over pairs of a positive and a negative row",
        Notes = "Needs scores. The background of a group is every row that is not in it. Over all rows, which have no "
            + "background, the figure is roc-auc. Undefined where either side of the pairs has no row.",
    };

    private static readonly CardTemplate MeanCard = AucCard with
    {
        Aggregation = "generalized mean with power -5 over groups of at least the minimum size",
        Source = Borkan + "section 4 (areas); generalized mean and p = -5 as in Jigsaw Unintended Bias in Toxicity "
            + "Classification 2019, evaluation",
        Notes = "Needs scores. Groups in which the area is undefined are left out; undefined where it is in all.",
    };

    private static readonly CardTemplate CounterfactualCard = new()
    {
        Direction = MetricDirection.Minimize,
        Aggregation = "(weighted) mean over rows with a term that can be swapped; over several counterfactuals of a "
            + "row their mean first",
        Notes = "Over an attribute of identity terms only: a counterfactual is the row's text with the terms of two "
            + "groups swapped. The model predicts it like any other text; its label is not used. Groups below the "
            + "minimum size count too. Undefined where no row has such a term.",
    };

    private static readonly Metric SubgroupAuc = new RocAucMetric(AucCard with
    {
        Name = "subgroup-auc",
        Title = "Subgroup AUC",
        Formula = "roc-auc over the rows of the group",
        Source = Borkan + "section 4.1",
        EqualTo = "scikit-learn: sklearn.metrics.roc_auc_score of the group's rows",
        Notes = "Needs scores. The same figure as roc-auc, under the name that it has beside bpsn-auc and bnsp-auc. "
            + "Low where the model tells the classes apart badly in texts that mention the group.",
    }, keepsReplicates: true);

    private static readonly Metric BpsnAuc = new BackgroundAucMetric(
        AucCard with
        {
            Name = "bpsn-auc",
            Title = "Background positive, subgroup negative AUC",
            Formula = "roc-auc over the negatives of the group and the positives of its background",
            Source = Borkan + "section 4.2",
            EqualTo = "scikit-learn: sklearn.metrics.roc_auc_score of these rows",
            Notes = AucCard.Notes + " Low where negatives that mention the group get higher scores than positives that "
                + "do not: its terms pull towards the positive class.",
        },
        backgroundIsPositive: true);

    private static readonly Metric BnspAuc = new BackgroundAucMetric(
        AucCard with
        {
            Name = "bnsp-auc",
            Title = "Background negative, subgroup positive AUC",
            Formula = "roc-auc over the positives of the group and the negatives of its background",
            Source = Borkan + "section 4.2",
            EqualTo = "scikit-learn: sklearn.metrics.roc_auc_score of these rows",
            Notes = AucCard.Notes + " Low where positives that mention the group get lower scores than negatives that "
                + "do not: its terms pull towards the negative class.",
        },
        backgroundIsPositive: false);

    /// <summary>The areas of each group.</summary>
    public static IReadOnlyList<Metric> Metrics { get; } = [SubgroupAuc, BpsnAuc, BnspAuc];

    /// <summary>Their means over groups, and the figures of swapped terms.</summary>
    public static IReadOnlyList<FairnessMetric> Fairness { get; } =
    [
        .. Metrics.Select(Mean),
        new GroupFunctionMetric(
            MeanCard with
            {
                Name = "bias-auc",
                Title = "Bias AUC",
                Formula = "(subgroup-auc-mean + bpsn-auc-mean + bnsp-auc-mean) / 3",
                Notes = "Needs scores. Undefined where one of the three is. The final score of the Jigsaw competition "
                    + "is 0.25 roc-auc + 0.75 bias-auc: maximize roc-auc with a penalty on bias-auc of weight 3.",
            },
            values => values.Average(GeneralizedMean),
            SubgroupAuc,
            BpsnAuc,
            BnspAuc),
        new CounterfactualMetric(
            CounterfactualCard with
            {
                Name = "counterfactual-flip-rate",
                Title = "Counterfactual flip rate",
                Formula = "sum over rows of w * share of the row's counterfactuals that are decided otherwise than the "
                    + "row / sum w",
                Source = Garg + "section 3; as a rate of decisions in Prabhakaran et al. 2019, Perturbation "
                    + "sensitivity analysis to detect unintended model biases (label distance)",
            },
            PreparedCounterfactuals.FlipRate),
        new CounterfactualMetric(
            CounterfactualCard with
            {
                Name = "counterfactual-token-fairness-gap",
                Title = "Counterfactual token fairness gap",
                Formula = "sum over rows of w * mean over the row's counterfactuals of |p(row) - p(counterfactual)| "
                    + "/ sum w",
                Source = Garg + "section 3, eq. 1",
            },
            PreparedCounterfactuals.Gap),
    ];

    /// <summary>(mean of v^p)^(1/p) over the defined values; 0 where one of them is; NaN without any.</summary>
    internal static double GeneralizedMean(double[] values)
    {
        var (sum, defined) = (0.0, 0);
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                sum += Math.Pow(value, Power);
                defined++;
            }
        }

        return defined == 0 ? double.NaN : Math.Pow(sum / defined, 1 / Power);
    }

    private static GroupFunctionMetric Mean(Metric metric) => new(
        MeanCard with
        {
            Name = $"{metric.Name}-mean",
            Title = $"{metric.Card.Title}: generalized mean over groups",
            Formula = $"(1/G sum over groups of {metric.Name}^-5)^(-1/5)",
        },
        values => GeneralizedMean(values[0]),
        metric);
}
