using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Catalogue;

/// <summary>All metrics by name.</summary>
/// <remarks>Ranking metrics and fairness metrics of items exist for any list length k: <c>ndcg@25</c>,
/// <c>reo@25</c>. Every metric has the views
/// <c>-difference</c>, <c>-ratio</c>, <c>-worst-group</c> and <c>-mad</c>: <c>ndcg@25-difference</c>.</remarks>
public sealed class MetricCatalogue
{
    private readonly Dictionary<string, Metric> _byName;
    private readonly Dictionary<string, FairnessMetric> _fairnessByName;

    private MetricCatalogue(IReadOnlyList<Metric> added)
    {
        Metrics =
        [
            .. RatingCards.Metrics,
            .. ClassificationCards.Metrics,
            .. CalibrationCards.Metrics,
            .. IdentityCards.Metrics,
            .. MulticlassCards.Metrics,
            .. MultiLabelCards.Metrics,
            .. RankingCards.Stems.Select(stem => RankingCards.Create(stem, RankingCards.DefaultK)),
            .. ItemCards.WithoutLength,
            .. added,
        ];
        NamedFairness =
        [
            .. FairnessCards.Named,
            .. IdentityCards.Fairness,
            .. ClassGapCards.Named,
            .. ItemFairnessCards.Stems.Select(stem => ItemFairnessCards.Create(stem, RankingCards.DefaultK)),
        ];
        FairnessMetrics =
        [
            .. NamedFairness,
            .. Metrics.SelectMany(m => FairnessCards.SuffixesOf(m).Select(suffix => FairnessCards.Create(m, suffix))),
        ];
        Names = [.. Metrics.Select(m => m.Name), .. FairnessMetrics.Select(m => m.Name)];
        _byName = Metrics.ToDictionary(m => m.Name);
        _fairnessByName = FairnessMetrics.ToDictionary(m => m.Name);
    }

    /// <summary>The metrics of this assembly.</summary>
    public static MetricCatalogue BuiltIn { get; } = new([]);

    /// <summary>The metrics of this assembly, and those that a registry holds besides.</summary>
    /// <param name="registry">Holds further metrics; every metric gets the views between groups.</param>
    /// <exception cref="InputException">One of them has the name of another metric.</exception>
    public static MetricCatalogue Of(Registry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var added = registry.All<Metric>();
        foreach (var metric in added)
        {
            if (BuiltIn.TryGet(metric.Name, out _) || BuiltIn.TryGetFairness(metric.Name, out _))
            {
                throw new InputException($"There is a metric '{metric.Name}' already; each needs its own name.");
            }
        }

        return added.Count == 0 ? BuiltIn : new MetricCatalogue(added);
    }

    /// <summary>Every metric of one population; ranking metrics at 10.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>Every fairness metric: the named ones, then the views of <see cref="Metrics"/>.</summary>
    public IReadOnlyList<FairnessMetric> FairnessMetrics { get; }

    /// <summary>Names of <see cref="Metrics"/> and <see cref="FairnessMetrics"/>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The fairness metrics with a name of their own.</summary>
    internal IReadOnlyList<FairnessMetric> NamedFairness { get; }

    /// <summary>The metrics that fit predictions of that kind.</summary>
    public IReadOnlyList<Metric> For(PredictionKind kind) => [.. Metrics.Where(m => m.Kind == kind)];

    /// <summary>The fairness metrics that fit predictions of that kind.</summary>
    public IReadOnlyList<FairnessMetric> FairnessFor(PredictionKind kind) =>
        [.. FairnessMetrics.Where(m => m.Kind == kind)];

    /// <summary>The metric of that name, such as <c>rmse</c> or <c>ndcg@25</c>.</summary>
    /// <exception cref="InputException">There is none; the message names the nearest.</exception>
    public Metric Get(string name) =>
        TryGet(name, out var metric) ? metric
        : throw new InputException(TryGetFairness(name, out _)
            ? $"'{name}' compares groups: it is a fairness metric, not a metric of all rows."
            : $"Unknown metric '{name}'." + Hint(name, [.. Metrics.Select(m => m.Name)]));

    /// <summary>The fairness metric of that name, such as <c>rmse-difference</c> or <c>ndcg@25-ratio</c>.</summary>
    /// <exception cref="InputException">There is none; the message names the nearest.</exception>
    public FairnessMetric GetFairness(string name) =>
        TryGetFairness(name, out var metric) ? metric
        : throw new InputException(TryGet(name, out var plain)
            ? $"'{name}' is a metric of all rows and compares no groups. Valid: "
                + $"{string.Join(", ", FairnessCards.SuffixesOf(plain).Select(suffix => name + suffix))}."
            : $"Unknown fairness metric '{name}'." + Hint(name, [.. FairnessMetrics.Select(m => m.Name)]));

    /// <summary>Looks a metric up; false where there is none of that name.</summary>
    public bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Metric? metric)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_byName.TryGetValue(name, out metric))
        {
            return true;
        }

        metric = SplitK(name, RankingCards.Stems) is ({ } stem, var k, "") ? RankingCards.Create(stem, k) : null;
        return metric is not null;
    }

    /// <summary>Looks a fairness metric up; false where there is none of that name.</summary>
    public bool TryGetFairness(
        string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FairnessMetric? metric)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_fairnessByName.TryGetValue(name, out metric))
        {
            return true;
        }

        if (SplitK(name, ItemFairnessCards.Stems) is ({ } named, var length, ""))
        {
            metric = ItemFairnessCards.Create(named, length);
        }
        else if (SplitK(name, RankingCards.Stems) is ({ } stem, var k, { } suffix)
            && RankingCards.Create(stem, k) is var ranking
            && FairnessCards.SuffixesOf(ranking).Contains(suffix))
        {
            metric = FairnessCards.Create(ranking, suffix);
        }

        return metric is not null;
    }

    /// <summary>The page <c>docs/metrics.md</c>: every formula card, and how groups, bounds and undefined figures are
    /// treated.</summary>
    public static string ToMarkdown() => MetricsPage.Render();

    // "ndcg@25-ratio" is (ndcg, 25, -ratio); a null stem where the name is none of the metrics'.
    private static (string? Stem, int K, string Suffix) SplitK(string name, IReadOnlyCollection<string> stems)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 || !stems.Contains(name[..at]))
        {
            return default;
        }

        var end = name.IndexOf('-', at) is var dash and >= 0 ? dash : name.Length;
        var digits = name.AsSpan(at + 1, end - at - 1);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var k)
            && k is >= 1 and <= RankingCards.LargestK
            && digits[0] != '0'
            ? (name[..at], k, name[end..])
            : default;
    }

    // Ranking metrics are suggested at the k that the user wrote.
    private static string Hint(string name, string[] candidates)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        var digits = at < 0 ? "" : new string([.. name[(at + 1)..].TakeWhile(char.IsAsciiDigit)]);
        if (digits.Length is 0 or > 6 || digits[0] == '0')
        {
            return NearestName.Hint(name, candidates);
        }

        var listed = $"@{RankingCards.DefaultK}";
        return NearestName.Hint(
            name, [.. candidates.Select(c => c.Replace(listed, "@" + digits, StringComparison.Ordinal))]);
    }
}
