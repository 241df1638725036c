using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>A sufficient statistic: the figures of a population from which metrics are read. Equal statistics are
/// computed once.</summary>
internal abstract record Statistic
{
    /// <summary>Number of figures of one population.</summary>
    public abstract int Width { get; }

    /// <summary>Whether its populations are those of items.</summary>
    public virtual bool OfItems => false;

    /// <summary>Whether figures of one group depend on rows of others.</summary>
    public virtual bool SharesRows => OfItems;

    /// <summary>Whether <see cref="RankingEvaluation.Catalogue"/> is needed.</summary>
    public virtual bool NeedsCatalogue => false;

    /// <summary>Whether <see cref="ItemCatalogue.Features"/> are needed.</summary>
    public virtual bool NeedsFeatures => false;

    /// <summary>The same statistic, of the width that the data need.</summary>
    public virtual Statistic For(EvaluationData data) => this;

    /// <summary>The figures of all populations on the data as they are: <see cref="Width"/> for each.</summary>
    public virtual double[] Measure(Frame frame)
    {
        var sums = new double[frame.PopulationsOf(this).Count * Width];
        Prepare(frame).Measure(new Resample(frame.Units), sums);
        return sums;
    }

    /// <summary>Arranges the rows so that the figures of many resamples come cheap.</summary>
    public abstract PreparedStatistic Prepare(Frame frame);
}

/// <summary>A statistic over rows that are in place. Immutable: threads share it.</summary>
internal abstract class PreparedStatistic
{
    /// <summary>Number of figures in all.</summary>
    public abstract int Length { get; }

    /// <summary>The figures of one resample.</summary>
    /// <param name="resample">How often each unit was drawn, and room to work for one thread.</param>
    /// <param name="figures">Receives <see cref="Length"/> figures.</param>
    public abstract void Measure(Resample resample, Span<double> figures);
}
