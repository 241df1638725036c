using Evenhand.Tuning.Trials;

namespace Evenhand.Tuning.Objectives;

/// <summary>Several limits taken together.</summary>
internal static class MeasureLimits
{
    public static double Violation(MeasureLimit[] limits, FinishedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var sum = 0d;
        foreach (var limit in limits)
        {
            sum += limit.Violation(trial);
        }

        return sum;
    }
}
