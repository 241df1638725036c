using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Catalogue;

/// <summary>Metrics of ranked lists, for any length k: how well they find what is relevant.</summary>
internal static class RankingCards
{
    /// <summary>The k of the metrics that the catalogue lists.</summary>
    public const int DefaultK = 10;

    /// <summary>Largest k that a name may ask for.</summary>
    public const int LargestK = 1_000_000;

    private const string Protocol = "Relevance is binary. Over the full catalogue; what a user has in earlier parts is "
        + "masked. Users without relevant items are left out; undefined without other users.";

    private static readonly CardTemplate Accuracy = new()
    {
        Direction = MetricDirection.Maximize,
        Aggregation = "mean over users",
        Source = "Herlocker et al. 2004, Evaluating collaborative filtering recommender systems, section 4.2",
        Notes = Protocol,
    };

    private static readonly IReadOnlyList<RankingCard> Own =
    [
        Mean("ndcg", RankingStatistic.Ndcg, Accuracy with
        {
            Title = "Normalized discounted cumulative gain",
            Formula = "DCG / IDCG, DCG = sum over places i = 1 .. {k} of rel_i / log2(i + 1), "
                + "IDCG = sum over i = 1 .. min({k}, |relevant|) of 1 / log2(i + 1)",
            Source = "Jarvelin and Kekalainen 2002, Cumulated gain-based evaluation of IR techniques; "
                + "discount by Burges et al. 2005",
            EqualTo = "scikit-learn: sklearn.metrics.ndcg_score(k={k}) on binary relevance without ties",
        }),
        Mean("recall", RankingStatistic.Recall, Accuracy with
        {
            Title = "Recall",
            Formula = "|relevant in the first {k}| / |relevant|",
            EqualTo = "RecBole: Recall@{k}",
        }),
        Mean("precision", RankingStatistic.Precision, Accuracy with
        {
            Title = "Precision",
            Formula = "|relevant in the first {k}| / {k}",
            EqualTo = "RecBole: Precision@{k}",
        }),
        Mean("hit-rate", RankingStatistic.Hit, Accuracy with
        {
            Title = "Hit rate",
            Formula = "1 where any relevant item is in the first {k}, else 0",
            Source = "Deshpande and Karypis 2004, Item-based top-N recommendation algorithms",
            EqualTo = "RecBole: Hit@{k}",
        }),
        Mean("mrr", RankingStatistic.ReciprocalRank, Accuracy with
        {
            Title = "Mean reciprocal rank",
            Formula = "1 / place of the first relevant item where that is at most {k}, else 0",
            Source = "Voorhees 1999, The TREC-8 question answering track report",
            EqualTo = "RecBole: MRR@{k}",
        }),
        Mean("map", RankingStatistic.AveragePrecision, Accuracy with
        {
            Title = "Mean average precision",
            Formula = "sum over places i = 1 .. {k} of rel_i * precision@i / min({k}, |relevant|)",
            Source = "Buckley and Voorhees 2000, Evaluating evaluation measure stability; cut at k",
            EqualTo = "RecBole: MAP@{k}",
        }),
        Mean("rbp", RankingStatistic.RankBiasedPrecision, Accuracy with
        {
            Title = "Rank-biased precision",
            Formula = "(1 - p) * sum over places i = 1 .. {k} of rel_i * p^(i - 1), p = 0.8",
            Source = "Moffat and Zobel 2008, Rank-biased precision for measurement of retrieval effectiveness, "
                + "equation 2",
            EqualTo = "LensKit: RBP({k}, patience=0.8)",
            Notes = "Even a perfect list stays below 1, at 1 - p^{k}. " + Protocol,
        }),
    ];

    private static readonly Dictionary<string, RankingCard> ByStem =
        new[] { Own, BeyondAccuracyCards.All, ItemCards.All }.SelectMany(cards => cards).ToDictionary(c => c.Stem);

    /// <summary>Names without their <c>@k</c>.</summary>
    public static IReadOnlyCollection<string> Stems => ByStem.Keys;

    /// <summary>The metric of that name without <c>@k</c>, at k.</summary>
    public static Metric Create(string stem, int k) => ByStem[stem].At(k);

    private static RankingCard Mean(string stem, int figure, CardTemplate card) =>
        new(stem, k => new RankingStatistic(k), sums => sums[figure] / sums[RankingStatistic.Users], card);
}
