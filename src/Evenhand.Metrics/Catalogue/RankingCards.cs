using System.Globalization;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Catalogue;

/// <summary>Metrics of ranked lists, for any length k.</summary>
internal static class RankingCards
{
    /// <summary>The k of the metrics that the catalogue lists.</summary>
    public const int DefaultK = 10;

    /// <summary>Largest k that a name may ask for.</summary>
    public const int LargestK = 1_000_000;

    private const string Protocol = "Relevance is binary. Over the full catalogue, training items masked. Users "
        + "without relevant items are left out; undefined without other users.";

    /// <summary>Names without their <c>@k</c>.</summary>
    public static IReadOnlyList<string> Stems { get; } = ["ndcg", "recall", "precision", "hit-rate", "mrr"];

    /// <summary>The metric of that name without <c>@k</c>, at k.</summary>
    public static Metric Create(string stem, int k) => stem switch
    {
        "ndcg" => At(
            k,
            RankingStatistic.Ndcg,
            stem,
            "Normalized discounted cumulative gain",
            "DCG / IDCG, DCG = sum over places i = 1 .. {0} of rel_i / log2(i + 1), "
                + "IDCG = sum over i = 1 .. min({0}, |relevant|) of 1 / log2(i + 1)",
            "Jarvelin and Kekalainen 2002, Cumulated gain-based evaluation of IR techniques; "
                + "discount by Burges et al. 2005",
            "scikit-learn: sklearn.metrics.ndcg_score(k={0}) on binary relevance without ties"),
        "recall" => At(
            k,
            RankingStatistic.Recall,
            stem,
            "Recall",
            "|relevant in the first {0}| / |relevant|",
            "Herlocker et al. 2004, Evaluating collaborative filtering recommender systems, section 4.2",
            "RecBole: Recall@{0}"),
        "precision" => At(
            k,
            RankingStatistic.Precision,
            stem,
            "Precision",
            "|relevant in the first {0}| / {0}",
            "Herlocker et al. 2004, Evaluating collaborative filtering recommender systems, section 4.2",
            "RecBole: Precision@{0}"),
        "hit-rate" => At(
            k,
            RankingStatistic.Hit,
            stem,
            "Hit rate",
            "1 where any relevant item is in the first {0}, else 0",
            "Deshpande and Karypis 2004, Item-based top-N recommendation algorithms",
            "RecBole: Hit@{0}"),
        "mrr" => At(
            k,
            RankingStatistic.ReciprocalRank,
            stem,
            "Mean reciprocal rank",
            "1 / place of the first relevant item where that is at most {0}, else 0",
            "Voorhees 1999, The TREC-8 question answering track report",
            "RecBole: MRR@{0}"),
        _ => throw new ArgumentException($"No ranking metric is called '{stem}'.", nameof(stem)),
    };

    private static RankingMetric At(
        int k, int figure, string stem, string title, string formula, string source, string equalTo)
    {
        var digits = k.ToString(CultureInfo.InvariantCulture);
        string With(string text) => text.Replace("{0}", digits, StringComparison.Ordinal);
        return new RankingMetric(
            new FormulaCard
            {
                Name = With(stem + "@{0}"),
                Title = With(title + " at {0}"),
                Formula = With(formula),
                Low = 0,
                High = 1,
                Direction = MetricDirection.Maximize,
                Aggregation = "mean over users",
                Source = source,
                EqualTo = With(equalTo),
                Notes = Protocol,
            },
            k,
            figure);
    }
}
