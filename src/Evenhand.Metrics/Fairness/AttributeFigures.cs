using Evenhand.Metrics.Bounds;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Fairness;

/// <summary>What was measured of an attribute as a whole.</summary>
/// <param name="Prepared">What measured it.</param>
/// <param name="Values">The figures on the data as they are.</param>
/// <param name="Moments">Of the figures over resamples.</param>
/// <param name="Options">Resamples and confidence.</param>
internal sealed record AttributeFigures(
    PreparedStatistic Prepared, double[] Values, Moments Moments, GroupReportOptions Options);
