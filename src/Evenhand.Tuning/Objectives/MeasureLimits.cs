namespace Evenhand.Tuning.Objectives;

/// <summary>Several limits taken together.</summary>
internal static class MeasureLimits
{
    public static double Violation(MeasureLimit[] limits, IReadOnlyDictionary<string, double> measures)
    {
        var sum = 0d;
        foreach (var limit in limits)
        {
            sum += limit.Violation(measures.GetValueOrDefault(limit.Measure, double.NaN));
        }

        return sum;
    }
}
