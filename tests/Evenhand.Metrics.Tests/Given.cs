using Evenhand.Configuration.Randomness;
using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;

namespace Evenhand.Metrics.Tests;

/// <summary>Short ways to the report that a test looks at.</summary>
internal static class Given
{
    public static GroupReportOptions Options { get; } =
        new() { Seeds = new SeedTree(11), BootstrapSamples = 0, MinimumGroupSize = 1 };

    public static IReadOnlyList<Metric> Metrics(params string[] names) => [.. names.Select(MetricCatalogue.BuiltIn.Get)];

    public static GroupCodes Groups(params int[] codes) =>
        new("group", codes, [.. Enumerable.Range(0, codes.DefaultIfEmpty(-1).Max() + 1).Select(code => $"g{code}")]);

    public static double Fairness(EvaluationData data, string name, params int[] codes)
    {
        var metric = MetricCatalogue.BuiltIn.GetFairness(name);
        return GroupReport.Compute(data, metric.Requires, [Groups(codes)], Options).Fairness(metric, "group").Value;
    }
}
