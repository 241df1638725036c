using Evenhand.Metrics.Fairness;

namespace Evenhand.Metrics.Catalogue;

/// <summary>Fairness metrics: four views of every metric, and the named ones.</summary>
internal static class FairnessCards
{
    public const string Difference = "-difference";
    public const string Ratio = "-ratio";
    public const string WorstGroup = "-worst-group";
    public const string Mad = "-mad";

    private const string Views = "Bird et al. 2020, Fairlearn: a toolkit for assessing and improving fairness in AI";
    private const string Hardt = "Hardt, Price, Srebro 2016, Equality of opportunity in supervised learning, ";
    private const string Yao =
        "Yao and Huang 2017, Beyond parity: fairness objectives for collaborative filtering (arXiv 1705.08804)";

    private const string BetweenGroups = "extremes over groups of at least the minimum size";
    private const string TwoGroups = "Undefined with fewer than two groups in which the metric is defined.";

    /// <summary>The metrics with a name of their own.</summary>
    public static IReadOnlyList<FairnessMetric> Named { get; } = CreateNamed();

    /// <summary>The suffixes that apply to a metric. One that may be negative has no ratio, and a signed one no worst
    /// group either.</summary>
    public static IReadOnlyList<string> SuffixesOf(Metric metric) =>
        metric.Low >= 0 ? [Difference, Ratio, WorstGroup, Mad]
        : metric.Direction == MetricDirection.Maximize ? [Difference, WorstGroup, Mad]
        : [Difference, Mad];

    /// <summary>The view of a metric with one of the suffixes.</summary>
    public static FairnessMetric Create(Metric metric, string suffix)
    {
        var card = new FormulaCard
        {
            Name = metric.Name + suffix,
            Title = "",
            Formula = "",
            Low = 0,
            High = metric.High - (double.IsInfinity(metric.High) ? 0 : metric.Low),
            Direction = MetricDirection.Minimize,
            Aggregation = BetweenGroups,
            Source = Views,
            Notes = TwoGroups,
        };
        return suffix switch
        {
            Difference => new DifferenceMetric(
                card with
                {
                    Title = $"{metric.Card.Title}: largest difference between groups",
                    Formula = $"max over groups of {metric.Name} - min over groups of {metric.Name}",
                    EqualTo = "Fairlearn: MetricFrame.difference(method='between_groups')",
                },
                metric),
            Ratio => new RatioMetric(
                card with
                {
                    Title = $"{metric.Card.Title}: smallest ratio between groups",
                    Formula = $"min over groups of {metric.Name} / max over groups of {metric.Name}",
                    High = 1,
                    Direction = MetricDirection.Maximize,
                    EqualTo = "Fairlearn: MetricFrame.ratio(method='between_groups')",
                    Notes = TwoGroups + " Undefined where it is 0 in all groups.",
                },
                metric),
            WorstGroup => new WorstGroupMetric(
                card with
                {
                    Title = $"{metric.Card.Title}: worst group",
                    Formula = metric.Direction == MetricDirection.Maximize
                        ? $"min over groups of {metric.Name}"
                        : $"max over groups of {metric.Name}",
                    Low = metric.Low,
                    High = metric.High,
                    Direction = metric.Direction,
                    EqualTo = metric.Direction == MetricDirection.Maximize
                        ? "Fairlearn: MetricFrame.group_min"
                        : "Fairlearn: MetricFrame.group_max",
                    Notes = "Undefined where the metric is undefined in every group.",
                },
                metric),
            Mad => new PairsMetric(
                card with
                {
                    Title = $"{metric.Card.Title}: mean absolute deviation between groups (MAD)",
                    Formula = $"mean over pairs of groups of the absolute difference of {metric.Name}",
                    Aggregation = "all pairs of groups of at least the minimum size",
                    Source = "Deldjoo et al. 2021, A flexible framework for evaluating user and item fairness in "
                        + "recommender systems, section 5",
                    EqualTo = metric.Name.StartsWith("ndcg@", StringComparison.Ordinal) ? "elliot: UserMADranking" : null,
                },
                difference => difference,
                (mean, _) => mean,
                metric),
            _ => throw new ArgumentException($"No view is called '{suffix}'.", nameof(suffix)),
        };
    }

    private static IReadOnlyList<FairnessMetric> CreateNamed()
    {
        var (selection, precision) = (ClassificationCards.SelectionRate, ClassificationCards.Precision);
        var (tpr, fpr) = (ClassificationCards.TruePositiveRate, ClassificationCards.FalsePositiveRate);
        var gap = new CardTemplate
        {
            Direction = MetricDirection.Minimize,
            Aggregation = BetweenGroups,
            Notes = TwoGroups + " 0 is parity.",
        };
        var ratio = gap with
        {
            Direction = MetricDirection.Maximize,
            Notes = TwoGroups + " Undefined where a rate is 0 in all groups. 1 is parity.",
        };
        return
        [
            new DifferenceMetric(
                gap with
                {
                    Name = "demographic-parity-difference",
                    Title = "Demographic parity difference",
                    Formula = "max over groups of selection-rate - min over groups of selection-rate",
                    Source = "Dwork et al. 2012, Fairness through awareness, definition 3.1 (statistical parity)",
                    EqualTo = "Fairlearn: fairlearn.metrics.demographic_parity_difference",
                },
                selection),
            new RatioMetric(
                ratio with
                {
                    Name = "demographic-parity-ratio",
                    Title = "Demographic parity ratio",
                    Formula = "min over groups of selection-rate / max over groups of selection-rate",
                    Source = "Feldman et al. 2015, Certifying and removing disparate impact, definition 1.1",
                    EqualTo = "Fairlearn: fairlearn.metrics.demographic_parity_ratio",
                    Notes = ratio.Notes + " The four-fifths rule of the US EEOC asks for 0.8.",
                },
                selection),
            new DifferenceMetric(
                gap with
                {
                    Name = "equal-opportunity-difference",
                    Title = "Equal opportunity difference",
                    Formula = "max over groups of true-positive-rate - min over groups of true-positive-rate",
                    Source = Hardt + "definition 2.2",
                    EqualTo = "Fairlearn: fairlearn.metrics.equal_opportunity_difference",
                },
                tpr),
            new RatioMetric(
                ratio with
                {
                    Name = "equal-opportunity-ratio",
                    Title = "Equal opportunity ratio",
                    Formula = "min over groups of true-positive-rate / max over groups of true-positive-rate",
                    Source = Hardt + "definition 2.2",
                    EqualTo = "Fairlearn: fairlearn.metrics.equal_opportunity_ratio",
                },
                tpr),
            new DifferenceMetric(
                gap with
                {
                    Name = "equalized-odds-difference",
                    Title = "Equalized odds difference",
                    Formula = "max(true-positive-rate-difference, false-positive-rate-difference)",
                    Source = Hardt + "definition 2.1",
                    EqualTo = "Fairlearn: fairlearn.metrics.equalized_odds_difference",
                    Notes = "Undefined where either difference is. 0 is parity.",
                },
                tpr,
                fpr),
            new RatioMetric(
                ratio with
                {
                    Name = "equalized-odds-ratio",
                    Title = "Equalized odds ratio",
                    Formula = "min(true-positive-rate-ratio, false-positive-rate-ratio)",
                    Source = Hardt + "definition 2.1",
                    EqualTo = "Fairlearn: fairlearn.metrics.equalized_odds_ratio",
                    Notes = "Undefined where either ratio is. 1 is parity.",
                },
                tpr,
                fpr),
            new DifferenceMetric(
                gap with
                {
                    Name = "predictive-parity-difference",
                    Title = "Predictive parity difference",
                    Formula = "max over groups of precision - min over groups of precision",
                    Source = "Chouldechova 2017, Fair prediction with disparate impact, definition 2",
                    EqualTo = "Fairlearn: MetricFrame(precision_score).difference()",
                },
                precision),
            Unfairness(
                "value-unfairness",
                "Value unfairness",
                "1/m sum over items j of |e_j - e'_j|",
                "Predictions are too high for one side and too low for the other.",
                PreparedUnfairness.Value),
            Unfairness(
                "absolute-unfairness",
                "Absolute unfairness",
                "1/m sum over items j of ||e_j| - |e'_j||",
                "Predictions are worse for one side, whichever way they err.",
                PreparedUnfairness.Absolute),
            Unfairness(
                "under-unfairness",
                "Underestimation unfairness",
                "1/m sum over items j of |max(0, -e_j) - max(0, -e'_j)|",
                "Predictions fall short more for one side.",
                PreparedUnfairness.Under),
            Unfairness(
                "over-unfairness",
                "Overestimation unfairness",
                "1/m sum over items j of |max(0, e_j) - max(0, e'_j)|",
                "Predictions overshoot more for one side.",
                PreparedUnfairness.Over),
            Unfairness(
                "non-parity-unfairness",
                "Non-parity unfairness",
                "|mean prediction - mean prediction'|",
                "Predictions are higher for one side, whatever its labels. Needs no items.",
                PreparedUnfairness.NonParity),
        ];
    }

    private static UnfairnessMetric Unfairness(string name, string title, string formula, string meaning, int figure) =>
        new(
            new FormulaCard
            {
                Name = name,
                Title = title,
                Formula = formula,
                Low = 0,
                High = double.PositiveInfinity,
                Direction = MetricDirection.Minimize,
                Aggregation = figure == PreparedUnfairness.NonParity
                    ? "difference of (weighted) means over rows; worst of each group against all others"
                    : "mean over items rated by both sides; worst of each group against all others",
                Source = Yao,
                Notes = meaning + (figure == PreparedUnfairness.NonParity
                        ? ""
                        : " e_j = mean prediction - mean label of item j over the rows of a group, e'_j over those of "
                        + "all other groups, m = number of items that both have rated. Needs items; "
                        + "rows of unknown items are left out; undefined where m = 0.")
                    + " In the label's units. Defined by its authors for two groups; with more, the largest "
                    + "value of one group against the rest. Undefined with fewer than two groups.",
            },
            figure);
}
