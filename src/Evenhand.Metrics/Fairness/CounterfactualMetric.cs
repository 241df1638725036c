using Evenhand.Metrics.Bounds;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Fairness;

/// <summary>A figure of how predictions change where identity terms are swapped.</summary>
/// <param name="card">What it computes.</param>
/// <param name="figure">Which figure of <see cref="PreparedCounterfactuals"/>.</param>
internal sealed class CounterfactualMetric(FormulaCard card, int figure)
    : AttributeMetric(
        PredictionKind.Classification, card, BoundsCards.Of(new FigureRange(card.Low, card.High)), figure)
{
    public override bool NeedsCounterfactuals => true;

    public override PreparedStatistic Prepare(Frame frame, int attribute, bool[] counted)
    {
        var data = (ClassificationEvaluation)frame.Data;
        var name = frame.Populations.Attributes[attribute].Attribute;
        var changes = data.Counterfactuals.FirstOrDefault(c => c.Attribute == name)
            ?? throw new ArgumentException(
                $"Metric '{Name}' needs counterfactuals of '{name}', and the data have none.");
        return new PreparedCounterfactuals(frame, changes);
    }
}
