using System.Globalization;
using Evenhand.Data;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Simulation;
using Evenhand.Learning;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Tasks;

/// <summary>The items that a user turns to, as a list.</summary>
internal sealed class RankingTarget : TaskTarget
{
    /// <inheritdoc/>
    public override PredictionKind Kind => PredictionKind.Ranking;

    /// <inheritdoc/>
    public override bool NeedsLabel => false;

    /// <inheritdoc/>
    public override bool IsRanking => true;

    /// <inheritdoc/>
    public override SimulatorLabel SimulatorLabel => SimulatorLabel.Rating;

    /// <inheritdoc/>
    public override IReadOnlyList<string> UsualMetrics(int k) =>
        [.. new[] { "ndcg", "recall", "hit-rate", "mrr" }.Select(
            stem => string.Create(CultureInfo.InvariantCulture, $"{stem}@{k}"))];

    /// <inheritdoc/>
    public override string? LabelProblem(ColumnType label, PredictionTask task) => null;

    /// <inheritdoc/>
    public override (EvaluationData Data, IReadOnlyList<GroupCodes> Groups) Measure(
        MeasurementSettings settings,
        Model model,
        Dataset part,
        IReadOnlyList<Dataset> seen,
        CancellationToken cancellationToken) =>
        RankingInput.Create(settings, model, part, seen, cancellationToken);

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string>> Protocol(MeasurementSettings settings)
    {
        yield return KeyValuePair.Create("ranking", settings.SampledNegatives is { } negatives
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"SAMPLED: relevant items among {negatives} others of each user; biased, not to be compared with "
                + $"figures over the full catalogue")
            : "full catalogue, items seen before the part masked");
        yield return KeyValuePair.Create(
            "lists", string.Create(CultureInfo.InvariantCulture, $"{settings.ListLength} items a user"));
        yield return KeyValuePair.Create("relevant", settings.RelevanceThreshold is { } least
            ? string.Create(CultureInfo.InvariantCulture, $"held-out rows with a label of at least {least}")
            : "every held-out row");
    }
}
