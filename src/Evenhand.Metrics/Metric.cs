using Evenhand.Configuration;
using Evenhand.Metrics.Bounds;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics;

/// <summary>A metric of one population: all rows, or the rows of one group.</summary>
/// <remarks>A metric is a function of a sufficient statistic. Metrics that share a statistic share the work: it is
/// computed once for all of them, for the population and every group. Immutable.</remarks>
public abstract class Metric : IRegistryEntry
{
    private protected Metric(PredictionKind kind, FormulaCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        Kind = kind;
        Card = card.Bounds.Length > 0
            ? card
            : card with { Bounds = BoundsCards.Of(new FigureRange(card.Low, card.High)) };
    }

    /// <inheritdoc/>
    static string IRegistryEntry.Kind => "metric";

    /// <summary>Name that users type.</summary>
    public string Name => Card.Name;

    /// <summary>What the metric computes and where it comes from.</summary>
    public FormulaCard Card { get; }

    /// <summary>What it is a metric of.</summary>
    public PredictionKind Kind { get; }

    /// <summary>Which way is better.</summary>
    public MetricDirection Direction => Card.Direction;

    /// <summary>Smallest possible value.</summary>
    public double Low => Card.Low;

    /// <summary>Largest possible value.</summary>
    public double High => Card.High;

    /// <summary>Whether <see cref="ClassificationEvaluation.Scores"/> are needed.</summary>
    public virtual bool NeedsScores => false;

    /// <summary>Length of the ranked lists that it reads, such as 10 for <c>ndcg@10</c>; null where it reads none of a
    /// set length.</summary>
    public virtual int? ListLength => null;

    /// <summary>Whether it describes items: its populations are the whole catalogue and the groups of item attributes,
    /// over all users.</summary>
    public bool OfItems => Statistic.OfItems;

    /// <summary>Whether <see cref="RankingEvaluation.Catalogue"/> is needed.</summary>
    public bool NeedsCatalogue => Statistic.NeedsCatalogue;

    /// <summary>Whether <see cref="ItemCatalogue.Features"/> are needed.</summary>
    public bool NeedsFeatures => Statistic.NeedsFeatures;

    internal FigureRange Range => new(Low, High);

    internal abstract Statistic Statistic { get; }

    /// <summary>The metric of a population.</summary>
    /// <param name="sums">The population's figures of <see cref="Statistic"/>.</param>
    /// <returns>NaN where the metric is undefined.</returns>
    internal abstract double Value(ReadOnlySpan<double> sums);

    /// <summary>Share of the population's rows that the figure is over, such as the positives for a true positive
    /// rate.</summary>
    /// <param name="sums">The population's figures of <see cref="Statistic"/>.</param>
    internal virtual double ShareOfRows(ReadOnlySpan<double> sums) => 1;

    /// <summary>Whether functions of the groups' values read it whose bounds need the figures of every
    /// resample.</summary>
    internal virtual bool KeepsReplicates => Statistic.SharesRows;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
