using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Tasks;

/// <summary>How predictions are held against the truth, whatever is measured of them.</summary>
public abstract record MeasurementSettings
{
    /// <summary>Bounds and group sizes. Every model is measured with the same resamples, so that figures of two models
    /// can be compared.</summary>
    public required GroupReportOptions Report { get; init; }

    /// <summary>Whether users instead of rows are resampled for bounds; only where the data has users.</summary>
    public bool ResampleUsers { get; init; }

    /// <summary>Length of the ranked lists; the largest k of the metrics.</summary>
    public int ListLength { get; init; } = 10;

    /// <summary>Held-out rows with a label of at least this are relevant; null: all are.</summary>
    public double? RelevanceThreshold { get; init; }

    /// <summary>How many other items the relevant ones are ranked among; null: the full catalogue.</summary>
    public int? SampledNegatives { get; init; }
}
