namespace Evenhand.Metrics.Fairness;

/// <summary>One of the unfairness measures of rating prediction by Yao and Huang.</summary>
/// <param name="card">What it computes.</param>
/// <param name="figure">Which figure of <see cref="PreparedUnfairness"/>.</param>
internal sealed class UnfairnessMetric(FormulaCard card, int figure) : FairnessMetric(PredictionKind.Rating, card)
{
    /// <summary>Which figure of <see cref="PreparedUnfairness"/>.</summary>
    public int Figure => figure;

    public override bool NeedsItems => figure != PreparedUnfairness.NonParity;
}
