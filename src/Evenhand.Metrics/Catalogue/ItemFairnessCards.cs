using Evenhand.Metrics.Fairness;

namespace Evenhand.Metrics.Catalogue;

/// <summary>Fairness metrics over an attribute of items, for any length k.</summary>
internal static class ItemFairnessCards
{
    private const string Groups = "groups of items of at least the minimum size";
    private const string TwoGroups = "Undefined with fewer than two groups in which it is defined.";

    private const string Zhu = "Zhu, Wang, Caverlee 2020, Measuring and mitigating item under-recommendation bias in "
        + "personalized ranking systems, section 3.2";

    private const string Singh = "Singh and Joachims 2018, Fairness of exposure in rankings, section ";

    private const string Diaz =
        "Diaz et al. 2020, Evaluating stochastic rankings with expected exposure, section 6 (groups of items)";

    private const string ExpectedExposure =
        "exposure_g = exposure-share@{k} and target_g = target-exposure-share@{k} of group g. ";

    private static readonly CardTemplate Card = new()
    {
        Direction = MetricDirection.Minimize,
        Aggregation = Groups,
        Notes = TwoGroups,
    };

    private static readonly Dictionary<string, (CardTemplate Template, Func<FormulaCard, int, FairnessMetric> Create)>
        ByStem = new()
        {
            ["reo"] = (
                Card with
                {
                    Title = "Ranking-based equal opportunity",
                    Formula = "standard deviation over groups of item-recall@{k} / mean over groups of item-recall@{k}",
                    High = double.PositiveInfinity,
                    Source = Zhu,
                    EqualTo = "elliot: REO",
                    Notes = "0 is parity. Population standard deviation. " + TwoGroups,
                },
                (card, k) => Variation(card, Item("item-recall", k))),
            ["rsp"] = (
                Card with
                {
                    Title = "Ranking-based statistical parity",
                    Formula = "standard deviation over groups of recommendation-rate@{k} / mean over groups of "
                        + "recommendation-rate@{k}",
                    High = double.PositiveInfinity,
                    Source = Zhu,
                    EqualTo = "elliot: RSP",
                    Notes = "0 is parity. Population standard deviation. " + TwoGroups,
                },
                (card, k) => Variation(card, Item("recommendation-rate", k))),
            ["mmf"] = (
                Card with
                {
                    Title = "Max-min fairness",
                    Formula = "min over groups of recommendation-share@{k} / catalogue-share",
                    High = double.PositiveInfinity,
                    Direction = MetricDirection.Maximize,
                    Source = "Xu et al. 2023, P-MMF: provider max-min fairness re-ranking in recommender system, "
                        + "equation 1, with the share of the catalogue as weight of a provider",
                    Notes = "1 is parity, and the most that can be reached where every item has a group that counts. "
                        + TwoGroups,
                },
                (card, k) => new GroupFunctionMetric(
                    card,
                    Smallest((values, group) => values[0][group] / values[1][group]),
                    Item("recommendation-share", k),
                    MetricNamed("catalogue-share"))),
            ["dtr"] = (
                Card with
                {
                    Title = "Disparate treatment ratio (DTR)",
                    Formula = "min over groups of exposure-to-merit@{k} / max over groups of exposure-to-merit@{k}",
                    Direction = MetricDirection.Maximize,
                    Source = Singh + "4.2",
                    Notes = "1 is parity. Defined by its authors for two groups, either way round; with more, the "
                        + "worst pair. " + TwoGroups,
                },
                (card, k) => new RatioMetric(card, Item("exposure-to-merit", k))),
            ["dir"] = (
                Card with
                {
                    Title = "Disparate impact ratio (DIR)",
                    Formula = "min over groups of impact-to-merit@{k} / max over groups of impact-to-merit@{k}",
                    Direction = MetricDirection.Maximize,
                    Source = Singh + "4.3",
                    Notes = "1 is parity. Defined by its authors for two groups, either way round; with more, the "
                        + "worst pair. " + TwoGroups,
                },
                (card, k) => new RatioMetric(card, Item("impact-to-merit", k))),
            ["exposure-merit-difference"] = (
                Card with
                {
                    Title = "Largest difference of exposure and merit",
                    Formula = "max over groups of |exposure-share@{k} - merit-share|",
                    Source = "Biega, Gummadi, Weikum 2018, Equity of attention, section 3 (groups in the place of "
                        + "individuals)",
                    Notes = "0 is parity. " + TwoGroups,
                },
                (card, k) => new GroupFunctionMetric(
                    card,
                    values => -Smallest((v, group) => -Math.Abs(v[0][group] - v[1][group]))(values),
                    Item("exposure-share", k),
                    MetricNamed("merit-share"))),
            ["group-ee-l"] = (
                Card with
                {
                    Title = "Expected exposure loss of groups",
                    Formula = "sum over groups g of (exposure_g - target_g)^2",
                    High = 2,
                    Source = Diaz,
                    Notes = "0 is parity with the target. " + ExpectedExposure + TwoGroups,
                },
                (card, k) => ExpectedExposureOf(card, k, (exposure, target) => (exposure - target) * (exposure - target))),
            ["group-ee-d"] = (
                Card with
                {
                    Title = "Expected exposure disparity of groups",
                    Formula = "sum over groups g of exposure_g^2",
                    Source = Diaz,
                    Notes = "Smallest where all groups are equally exposed, whatever their sizes. "
                        + ExpectedExposure + TwoGroups,
                },
                (card, k) => ExpectedExposureOf(card, k, (exposure, _) => exposure * exposure)),
            ["group-ee-r"] = (
                Card with
                {
                    Title = "Expected exposure relevance of groups",
                    Formula = "sum over groups g of exposure_g * target_g",
                    Direction = MetricDirection.Maximize,
                    Source = Diaz,
                    Notes = "group-ee-l = group-ee-d - 2 group-ee-r + sum of target_g^2. " + ExpectedExposure + TwoGroups,
                },
                (card, k) => ExpectedExposureOf(card, k, (exposure, target) => exposure * target)),
        };

    /// <summary>Names without their <c>@k</c>.</summary>
    public static IReadOnlyCollection<string> Stems => ByStem.Keys;

    /// <summary>The fairness metric of that name without <c>@k</c>, at k.</summary>
    public static FairnessMetric Create(string stem, int k)
    {
        var (template, create) = ByStem[stem];
        return create(RankingCard.CardAt(template, stem, k), k);
    }

    private static Metric Item(string stem, int k) => RankingCards.Create(stem, k);

    private static Metric MetricNamed(string name) => ItemCards.WithoutLength.Single(metric => metric.Name == name);

    private static GroupFunctionMetric ExpectedExposureOf(FormulaCard card, int k, Func<double, double, double> term) =>
        new(
            card,
            values =>
            {
                int[] groups = [.. Defined(values)];
                return groups.Length < 2 ? double.NaN : groups.Sum(group => term(values[0][group], values[1][group]));
            },
            Item("exposure-share", k),
            Item("target-exposure-share", k));

    private static Func<IReadOnlyList<double[]>, double> Smallest(Func<IReadOnlyList<double[]>, int, double> figure) =>
        values =>
        {
            double[] figures = [.. Defined(values).Select(group => figure(values, group))];
            return figures.Length < 2 ? double.NaN : figures.Min();
        };

    // Standard deviation over mean: of n values the variance is (n - 1) / 2n times the mean square of their
    // differences.
    private static PairsMetric Variation(FormulaCard card, Metric metric) => new(
        card,
        difference => difference * difference,
        (mean, values) => Math.Sqrt(mean * (values.Length - 1) / (2 * values.Length)) / values.Average(),
        metric);

    private static IEnumerable<int> Defined(IReadOnlyList<double[]> values) =>
        Enumerable.Range(0, values[0].Length).Where(group => values.All(metric => !double.IsNaN(metric[group])));
}
