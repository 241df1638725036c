using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;

namespace Evenhand.Metrics;

/// <summary>A figure of how a metric differs between the groups of one attribute: a view of a <see
/// cref="GroupReport"/>.</summary>
public abstract class FairnessMetric
{
    private protected FairnessMetric(
        PredictionKind kind, FormulaCard card, string bounds, params Metric[] requires)
    {
        Kind = kind;
        Card = card with { Bounds = bounds };
        Requires = requires;
    }

    /// <summary>Name that users type.</summary>
    public string Name => Card.Name;

    /// <summary>What the metric computes and where it comes from.</summary>
    public FormulaCard Card { get; }

    /// <summary>What it is a metric of.</summary>
    public PredictionKind Kind { get; }

    /// <summary>Which way is fairer, and for a worst group which way is better.</summary>
    public MetricDirection Direction => Card.Direction;

    /// <summary>Smallest possible value.</summary>
    public double Low => Card.Low;

    /// <summary>Largest possible value.</summary>
    public double High => Card.High;

    /// <summary>The metrics that the report must hold.</summary>
    public IReadOnlyList<Metric> Requires { get; }

    /// <summary>Whether it compares groups of items, and so goes over an attribute of items; else over one of rows or
    /// users.</summary>
    public bool OfItems => Requires.Any(metric => metric.OfItems);

    /// <summary>Whether <see cref="RatingEvaluation.Items"/> are needed.</summary>
    public virtual bool NeedsItems => false;

    /// <summary>Whether <see cref="ClassificationEvaluation.Counterfactuals"/> of the attribute are needed.</summary>
    public virtual bool NeedsCounterfactuals => false;

    /// <summary>Whether it is 0 where there is nothing between the groups and never below, and no difference of pairs:
    /// chance alone makes it larger.</summary>
    internal virtual bool IsDiscrepancy => false;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
