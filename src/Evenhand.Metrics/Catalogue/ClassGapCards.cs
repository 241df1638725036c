using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Fairness;

namespace Evenhand.Metrics.Catalogue;

/// <summary>Demographic parity, equal opportunity and equalized odds of several classes: of each class against the
/// rest, the worst class.</summary>
internal static class ClassGapCards
{
    private const string Denis =
        "Denis, Elie, Hebiri, Hu 2024, Fairness guarantees in multi-class classification with demographic parity "
        + "(JMLR 25), section 2: the largest over classes";

    private const string Putzel =
        "Putzel and Lee 2022, Blackbox post-processing for multiclass fairness (arXiv 2201.04461), ";

    public static IReadOnlyList<FairnessMetric> Named { get; } =
    [
        .. Of(PredictionKind.Multiclass, "multiclass", "class"),
        .. Of(PredictionKind.MultiLabel, "multi-label", "label"),
    ];

    private static IEnumerable<FairnessMetric> Of(PredictionKind kind, string stem, string one)
    {
        yield return Create(
            "demographic-parity",
            "demographic parity difference",
            $"max over {one} c of (max - min over groups of share of rows decided to have c)",
            Denis,
            "",
            PreparedClassGaps.Selection);
        yield return Create(
            "equal-opportunity",
            "equal opportunity difference",
            $"max over {one} c of (max - min over groups of share, among rows with c, decided to have c)",
            Putzel + $"term-by-term equality of opportunity: the largest difference of any {one}",
            $"A {one} that occurs in fewer than two groups is left out. ",
            PreparedClassGaps.TruePositive);
        yield return Create(
            "equalized-odds",
            "equalized odds difference",
            $"max over {one} c of the larger of the differences in true and in false positive rate of c",
            Putzel + $"classwise equalized odds: the largest difference of any {one}",
            $"The rates are those of each {one} against the rest. ",
            PreparedClassGaps.TruePositive,
            PreparedClassGaps.FalsePositive);

        FairnessMetric Create(
            string name, string title, string formula, string source, string notes, params int[] rates) =>
            new ClassGapMetric(
                kind,
                new FormulaCard
                {
                    Name = $"{stem}-{name}-difference",
                    Title = $"Largest {title} of any {one}",
                    Formula = formula,
                    Low = 0,
                    High = 1,
                    Direction = MetricDirection.Minimize,
                    Aggregation = "extremes over groups of at least the minimum size, class by class",
                    Source = source,
                    Notes = notes + $"A {one} with few rows in a group makes it noisy. Undefined with fewer than two "
                        + "groups in which it is defined. 0 is parity.",
                },
                rates);
    }
}
