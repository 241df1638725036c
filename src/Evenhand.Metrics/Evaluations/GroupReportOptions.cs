using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Metrics.Reports;

namespace Evenhand.Metrics.Evaluations;

/// <summary>How a <see cref="GroupReport"/> is computed.</summary>
public sealed record GroupReportOptions
{
    /// <summary>Number of bootstrap resamples; 0 for no bounds.</summary>
    /// <value>1000.</value>
    [Range(0, int.MaxValue)]
    public int BootstrapSamples { get; init; } = 1000;

    /// <summary>Confidence of the bounds, in (0, 1).</summary>
    /// <value>0.95.</value>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Confidence { get; init; } = 0.95;

    /// <summary>Groups with fewer rows are reported and flagged, and left out of differences, ratios and worst
    /// groups.</summary>
    /// <value>30.</value>
    [Range(0, int.MaxValue)]
    public int MinimumGroupSize { get; init; } = 30;

    /// <summary>Where the bootstrap's random numbers come from; resample i draws from <c>bootstrap/i</c>.</summary>
    public required SeedTree Seeds { get; init; }

    /// <summary>Polled between blocks of rows and between resamples.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Told how many resamples are done, by any thread.</summary>
    /// <value>Null.</value>
    public Action<WorkProgress>? Progress { get; init; }

    /// <summary>Number of threads; the result is the same, bit for bit, for any.</summary>
    /// <value>1.</value>
    [Range(1, int.MaxValue)]
    public int Threads { get; init; } = 1;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Seeds);
        OptionsValidator.Check(this);
    }
}
