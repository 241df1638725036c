using Evenhand.Metrics.Bounds;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Catalogue;

/// <summary>Metrics of ranked lists beyond accuracy, for any length k: novelty, diversity, and how recommendations
/// spread over the catalogue.</summary>
internal static class BeyondAccuracyCards
{
    private const string Protocol = " Over the lists of users with relevant items; what a user has in earlier parts is "
        + "masked. Popularity is that in the train part.";
    private const string Spread = "all recommendations of the users together, counted again in every resample";

    private const string Tail = "The long tail is what lies outside the short head, the smallest set of most popular "
        + "items that hold 80 % of the interactions of the train part (ties by name), as in elliot.";

    private const string Neutral = "Neither direction is better in itself; ";

    private const string ExpectedExposure = "exposure_i = mean over users of d(place of item i) / (d(1) + .. + d({k})), "
        + "d(place) = 1 / log2(place + 1), 0 where it is not in the first {k}; target_i the same for lists in which "
        + "all relevant items stand above all others and items of equal relevance share their places evenly. Items are "
        + "compared one by one; `group-ee-l`, `group-ee-d` and `group-ee-r` compare groups of items.";

    private const string Diaz = "Diaz et al. 2020, Evaluating stochastic rankings with expected exposure, section 4, "
        + "with the logarithmic position model; the lists of all users are the rankings whose exposure is averaged";

    private static readonly CardTemplate Card = new()
    {
        Direction = MetricDirection.Maximize,
        Aggregation = "mean over users",
    };

    public static IReadOnlyList<RankingCard> All { get; } =
    [
        Concentration("item-coverage", ConcentrationStatistic.Coverage, Card with
        {
            Title = "Item coverage",
            Formula = "|items in the first {k} of any user| / |catalogue|",
            Source = "Ge, Delgado-Battenfeld, Jannach 2010, Beyond accuracy: evaluating recommender systems by "
                + "coverage and serendipity, section 2",
            EqualTo = "RecBole: ItemCoverage@{k}",
            Notes = "More users cover more items: compare groups of users of about the same size only.",
        }),
        Concentration("tail-coverage", ConcentrationStatistic.TailCoverage, Card with
        {
            Title = "Coverage of the long tail",
            Formula = "|long-tail items in the first {k} of any user| / |long-tail items|",
            Source = "Abdollahpouri, Burke, Mobasher 2019, Managing popularity bias in recommender systems with "
                + "personalized re-ranking, section 4",
            Notes = Tail + " Undefined where there is no tail.",
        }),
        Concentration("gini", ConcentrationStatistic.Gini, Card with
        {
            Title = "Gini index of recommendations",
            Formula = "sum over items j = 1 .. n, least recommended first, of (2 j - n - 1) * c_j / ((n - 1) * sum of "
                + "c), c_j = times that item j is in the first {k}",
            Direction = MetricDirection.Minimize,
            Source = "Adomavicius and Kwon 2012, Improving aggregate recommendation diversity using ranking-based "
                + "techniques, section 6; Gini 1912",
            EqualTo = "1 - elliot: Gini; n / (n - 1) times RecBole: GiniIndex@{k}",
            Notes = "0 where all n items of the catalogue are recommended equally often, 1 where only one ever is.",
        }),
        Concentration("shannon-entropy", ConcentrationStatistic.Entropy, Card with
        {
            Title = "Shannon entropy of recommendations",
            Formula = "- sum over items of p_j * log2(p_j), p_j = share of item j in all recommendations in the first {k}",
            High = double.PositiveInfinity,
            Source = "Shannon 1948, A mathematical theory of communication; for recommendations Szlavik, Kowalczyk, "
                + "Schut 2011, Diversity measurement of recommender systems under different user choice models",
            EqualTo = "elliot: SEntropy, where all lists have {k} items",
            Notes = "In bits; at most log2 of the number of items.",
        }),
        Concentration("exposure-gini", ConcentrationStatistic.ExposureGini, Card with
        {
            Title = "Gini index of exposure",
            Formula = "as gini, with c_j = sum over users of 1 / log2(place of item j + 1), 0 where it is not in the "
                + "first {k}",
            Direction = MetricDirection.Minimize,
            Source = "Biega, Gummadi, Weikum 2018, Equity of attention; Gini 1912",
            Notes = "0 where all items of the catalogue get the same exposure.",
        }),
        Concentration("ee-l", ConcentrationStatistic.ExposureLoss, Card with
        {
            Title = "Expected exposure loss",
            Formula = "sum over items i of (exposure_i - target_i)^2",
            High = double.PositiveInfinity,
            Direction = MetricDirection.Minimize,
            Source = Diaz,
            Notes = "ee-l = ee-d - 2 ee-r + sum of target_i^2. " + ExpectedExposure,
        }),
        Concentration("ee-d", ConcentrationStatistic.ExposureDisparity, Card with
        {
            Title = "Expected exposure disparity",
            Formula = "sum over items i of exposure_i^2",
            Direction = MetricDirection.Minimize,
            Source = Diaz,
            Notes = "Smallest where all items are equally exposed. " + ExpectedExposure,
        }),
        Concentration("ee-r", ConcentrationStatistic.ExposureRelevance, Card with
        {
            Title = "Expected exposure relevance",
            Formula = "sum over items i of exposure_i * target_i",
            Source = Diaz,
            Notes = ExpectedExposure,
        }),
        Novelty("epc", NoveltyStatistic.PopularityComplement, Card with
        {
            Title = "Expected popularity complement",
            Formula = "sum over places i = 1 .. {k} of d(i) * rel_i * (1 - seen_i) / sum of d(i), "
                + "d(i) = 1 / log2(i + 1), seen_i = share of the training users who have the item",
            Source = "Vargas and Castells 2011, Rank and relevance in novelty and diversity metrics for recommender "
                + "systems, section 4.1 and equation 8",
            EqualTo = "elliot: EPC with binary relevance",
            Notes = "Rewards only relevant items.",
        }),
        Novelty("novelty", NoveltyStatistic.SelfInformation, Card with
        {
            Title = "Novelty (mean self-information)",
            Formula = "mean over the first {k} of log2(training users / training users who have the item)",
            High = double.PositiveInfinity,
            Source = "Zhou et al. 2010, Solving the apparent diversity-accuracy dilemma of recommender systems; Vargas "
                + "and Castells 2011, section 4.1 (inverse user frequency)",
            Notes = Neutral + "larger is more novel. In bits. An item that no training user has counts as if one had.",
        }),
        Novelty("serendipity", NoveltyStatistic.Serendipity, Card with
        {
            Title = "Serendipity",
            Formula = "|relevant in the first {k} and not among the {k} most popular items that the user had not seen| "
                + "/ |list|",
            Source = "Ge, Delgado-Battenfeld, Jannach 2010, Beyond accuracy: evaluating recommender systems by "
                + "coverage and serendipity, section 3, with popularity as the primitive model",
        }),
        Novelty("average-popularity", NoveltyStatistic.Popularity, Card with
        {
            Title = "Average recommendation popularity (ARP)",
            Formula = "mean over the first {k} of the number of training users who have the item",
            High = double.PositiveInfinity,
            Direction = MetricDirection.Minimize,
            Source = "Yin et al. 2012, Challenging the long tail recommendation (arXiv 1205.6700)",
            EqualTo = "elliot: ARP",
            Notes = Neutral + "smaller means less of what is popular anyway.",
        }),
        Novelty("long-tail-share", NoveltyStatistic.TailShare, Card with
        {
            Title = "Average percentage of long-tail items (APLT)",
            Formula = "|long-tail items in the first {k}| / |list|",
            Source = "Abdollahpouri, Burke, Mobasher 2017, Controlling popularity bias in learning-to-rank "
                + "recommendation",
            EqualTo = "elliot: APLT",
            Notes = Neutral + "larger shows more of the tail. " + Tail,
        }),
        Novelty("long-tail-count", NoveltyStatistic.TailCount, Card with
        {
            Title = "Average coverage of long-tail items (ACLT)",
            Formula = "|long-tail items in the first {k}|",
            High = double.PositiveInfinity,
            Source = "Abdollahpouri, Burke, Mobasher 2019, Managing popularity bias in recommender systems with "
                + "personalized re-ranking (arXiv 1901.07555)",
            EqualTo = "elliot: ACLT",
            Notes = Neutral + "larger shows more of the tail. " + Tail,
        }),
        new("intra-list-diversity", k => new DiversityStatistic(k), sums =>
            sums[DiversityStatistic.Dissimilarity] / sums[DiversityStatistic.Lists], Card with
        {
            Title = "Intra-list diversity",
            Formula = "1 - mean over pairs in the first {k} of |f_i and f_j| / sqrt(|f_i| |f_j|), f_i = features of item i",
            Source = "Ziegler et al. 2005, Improving recommendation lists through topic diversification, section 3.3, "
                + "with the cosine of binary features",
            EqualTo = "1 - LensKit: ILS on binary features",
            Notes = "Needs features of the items; in an experiment these are the attributes under data.groups.item. "
                + "Items without features are left out, and lists without two other items." + Protocol,
        }),
        Popularity(
            "pop-reo",
            "Popularity-based ranking-based equal opportunity",
            "recommended relevant items / relevant items",
            "elliot: PopREO",
            (NoveltyStatistic.HeadHits, NoveltyStatistic.HeadRelevant),
            (NoveltyStatistic.TailHits, NoveltyStatistic.TailRelevant)),
        Popularity(
            "pop-rsp",
            "Popularity-based ranking-based statistical parity",
            "recommended items / unseen items",
            "elliot: PopRSP",
            (NoveltyStatistic.HeadCount, NoveltyStatistic.HeadUnseen),
            (NoveltyStatistic.TailCount, NoveltyStatistic.TailUnseen)),
    ];

    private static RankingCard Concentration(string stem, int figure, CardTemplate card) => new(
        stem,
        k => new ConcentrationStatistic(k),
        figures => figures[figure],
        card with
        {
            Aggregation = Spread,
            Bounds = BoundsCards.ByLeavingOut(new FigureRange(card.Low, card.High)),
            Notes = card.Notes + Protocol,
        });

    private static RankingCard Novelty(string stem, int figure, CardTemplate card) => new(
        stem,
        k => new NoveltyStatistic(k),
        sums => sums[figure] / sums[NoveltyStatistic.Lists],
        card with { Notes = (card.Notes + Protocol).TrimStart() });

    // Standard deviation over mean of two numbers a and b: |a - b| / (a + b).
    private static RankingCard Popularity(
        string stem,
        string title,
        string rate,
        string equalTo,
        (int Recommended, int Among) head,
        (int Recommended, int Among) tail) => new(
        stem,
        k => new NoveltyStatistic(k),
        sums =>
        {
            var (a, b) = (sums[head.Recommended] / sums[head.Among], sums[tail.Recommended] / sums[tail.Among]);
            return Math.Abs(a - b) / (a + b);
        },
        Card with
        {
            Title = title,
            Formula = "standard deviation / mean of the rates of short head and long tail, rate = " + rate
                + ", in the first {k}, over all users",
            Direction = MetricDirection.Minimize,
            Aggregation = "sums over users",
            Source = "Zhu, Wang, Caverlee 2020, Measuring and mitigating item under-recommendation bias in "
                + "personalized ranking systems, section 3.2",
            EqualTo = equalTo,
            Notes = "0 is parity. " + Tail + " Undefined where there is no tail or both rates are 0." + Protocol,
        });
}
