using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Catalogue;

/// <summary>Metrics of groups of items: what they get from the lists of all users, and what they would
/// deserve.</summary>
internal static class ItemCards
{
    private const string Singh = "Singh and Joachims 2018, Fairness of exposure in rankings, section ";

    private const string Zhu = "Zhu, Wang, Caverlee 2020, Measuring and mitigating item under-recommendation bias in "
        + "personalized ranking systems, section 3.2";

    private const string Neutral = "Neither direction is better in itself; what matters is how it differs between groups.";

    private static readonly CardTemplate Card = new()
    {
        Direction = MetricDirection.Maximize,
        Aggregation = "sums over users and the items of the group",
        Notes = "Of items: its groups are those of an item attribute.",
    };

    /// <summary>Metrics at any length k.</summary>
    public static IReadOnlyList<RankingCard> All { get; } =
    [
        Of(
            "exposure",
            sums => Relative(sums, ItemStatistic.Exposure, ItemStatistic.TotalExposure),
            Card with
            {
                Title = "Exposure",
                Formula = "(exposure of the group / exposure of all items) / (|group| / |catalogue|), exposure = sum "
                    + "over users and places i = 1 .. {k} of 1 / log2(i + 1)",
                High = double.PositiveInfinity,
                Source = Singh + "3.1 (average exposure of a group, here relative to that of all items)",
                Notes = "Logarithmic position model. 1 is an average item's exposure. " + Neutral,
            }),
        Of(
            "geometric-exposure",
            sums => Relative(sums, ItemStatistic.GeometricExposure, ItemStatistic.TotalGeometricExposure),
            Card with
            {
                Title = "Exposure under the geometric model",
                Formula = "as exposure, with 0.8^(i - 1) in the place of 1 / log2(i + 1)",
                High = double.PositiveInfinity,
                Source = "Biega, Gummadi, Weikum 2018, Equity of attention; model by Moffat and Zobel 2008",
                Notes = "Users go on from each place to the next with probability 0.8. " + Neutral,
            }),
        Of(
            "exposure-share",
            sums => sums[ItemStatistic.Exposure] / sums[ItemStatistic.TotalExposure],
            Card with
            {
                Title = "Share of exposure",
                Formula = "exposure of the group / exposure of all items, as in exposure@{k}",
                Source = Singh + "3.1",
                Notes = Neutral,
            }),
        Of(
            "recommendation-share",
            sums => sums[ItemStatistic.Recommended] / sums[ItemStatistic.TotalRecommended],
            Card with
            {
                Title = "Share of recommendations",
                Formula = "recommendations of the group / all recommendations, in the first {k}",
                Source = "Ekstrand et al. 2022, Fairness in information access systems, section 6",
                Notes = Neutral,
            }),
        Of(
            "recommendation-rate",
            sums => sums[ItemStatistic.Recommended] / sums[ItemStatistic.Unseen],
            Card with
            {
                Title = "Recommendation rate, P(R@{k} | g)",
                Formula = "sum over users of |group in the first {k}| / sum over users of |group not in earlier parts|",
                Source = Zhu + " (statistical parity)",
                EqualTo = "elliot: RSP-ProbToBeRanked",
                Notes = Neutral + " Undefined where everything was seen.",
            }),
        Of(
            "item-recall",
            sums => sums[ItemStatistic.Hits] / sums[ItemStatistic.Relevant],
            Card with
            {
                Title = "Recall of items, P(R@{k} | g, y = 1)",
                Formula = "sum over users of |relevant of the group in the first {k}| / sum over users of "
                    + "|relevant of the group|",
                Source = Zhu + " (equal opportunity)",
                EqualTo = "elliot: REO-ProbToBeRanked",
                Notes = "Undefined where nothing of the group is relevant.",
            }),
        Of(
            "exposure-to-merit",
            sums => ToMerit(sums, ItemStatistic.Exposure, ItemStatistic.TotalExposure),
            Card with
            {
                Title = "Exposure to merit",
                Formula = "exposure-share@{k} / merit-share",
                High = double.PositiveInfinity,
                Source = Singh + "4.2 (disparate treatment)",
                Notes = "1 is exposure in proportion to merit. " + Neutral
                    + " Undefined where nothing of the group is relevant.",
            }),
        Of(
            "impact-to-merit",
            sums => ToMerit(sums, ItemStatistic.RelevantExposure, ItemStatistic.TotalRelevantExposure),
            Card with
            {
                Title = "Impact to merit",
                Formula = "(exposure of the group to users for whom it is relevant / the same of all items) / merit-share",
                High = double.PositiveInfinity,
                Source = Singh + "4.3 (disparate impact): a user clicks what is seen and relevant",
                Notes = "1 is clicks in proportion to merit. " + Neutral
                    + " Undefined where nothing of the group is relevant.",
            }),
        Of(
            "target-exposure-share",
            sums => sums[ItemStatistic.TargetExposure] / sums[ItemStatistic.Users],
            Card with
            {
                Title = "Share of target exposure",
                Formula = "mean over users of the group's share in the exposure of {k} places, in lists in which all "
                    + "relevant items stand above all others and items of equal relevance share their places evenly",
                Source = "Diaz et al. 2020, Evaluating stochastic rankings with expected exposure, section 4.2",
                Notes = "The same for every model. Logarithmic position model. " + Neutral,
            }),
        new(
            "fa-ir",
            k => new FairPrefixStatistic(k),
            sums => 1 - (sums[FairPrefixStatistic.Failures] / sums[FairPrefixStatistic.Users]),
            Card with
            {
                Title = "Share of lists that pass the FA*IR test",
                Formula = "|users whose every prefix of length i = 1 .. {k} has at least m(i) items of the group| / "
                    + "|users|, m(i) = least t with F(t; i, p) > alpha_c, F = binomial distribution function, "
                    + "p = |group| / |catalogue|",
                Aggregation = "mean over users",
                Source = "Zehlike et al. 2017, FA*IR: a fair top-k ranking algorithm, definition 3.1 and section 4.1",
                Notes = "The group stands for the protected one, so the worst group is the figure to look at. alpha_c "
                    + "is adjusted so that a list drawn at random fails with a probability of at most alpha = 0.1.",
            }),
    ];

    /// <summary>Metrics that look at no list.</summary>
    public static IReadOnlyList<Metric> WithoutLength { get; } =
    [
        new RankingMetric(
            Card with
            {
                Name = "merit-share",
                Title = "Share of merit",
                Formula = "relevant held-out interactions of the group / all of them",
                Source = Singh + "4.2 (merit)",
                Notes = "The same for every model. " + Neutral,
            },
            new ItemStatistic(1),
            sums => sums[ItemStatistic.Relevant] / sums[ItemStatistic.TotalRelevant]),
        new RankingMetric(
            Card with
            {
                Name = "catalogue-share",
                Title = "Share of the catalogue",
                Formula = "|group| / |catalogue|",
                Aggregation = "items counted once",
                Source = Singh + "4.1 (size of a group in demographic parity)",
                Notes = "The same for every model; undefined without users. " + Neutral,
            },
            new ItemStatistic(1),
            sums => sums[ItemStatistic.Users] > 0
                ? sums[ItemStatistic.Items] / sums[ItemStatistic.CatalogueItems]
                : double.NaN),
    ];

    private static RankingCard Of(string stem, FigureReader read, CardTemplate card) =>
        new(stem, k => new ItemStatistic(k), read, card);

    private static double Relative(ReadOnlySpan<double> sums, int figure, int total) =>
        sums[figure] / sums[total] / (sums[ItemStatistic.Items] / sums[ItemStatistic.CatalogueItems]);

    private static double ToMerit(ReadOnlySpan<double> sums, int figure, int total) =>
        sums[ItemStatistic.Relevant] > 0
            ? sums[figure] / sums[total] / (sums[ItemStatistic.Relevant] / sums[ItemStatistic.TotalRelevant])
            : double.NaN;
}
