using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Leaderboards;

/// <summary>The reports of a trial, measure by measure.</summary>
internal static class TrialCurves
{
    /// <summary>Names of all measures, in the order in which they first come.</summary>
    public static IReadOnlyList<string> Names(IEnumerable<TrialReport> reports) =>
        [.. reports.SelectMany(report => report.Measures.Keys).Distinct(StringComparer.Ordinal)];

    /// <summary>A measure at each report; NaN where it is undefined or missing.</summary>
    public static double[] Values(IEnumerable<TrialReport> reports, string measure) =>
        [.. reports.Select(report => report.Measures.GetValueOrDefault(measure, double.NaN))];
}
