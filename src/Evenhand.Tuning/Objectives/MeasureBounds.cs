namespace Evenhand.Tuning;

/// <summary>Several limits taken together.</summary>
internal static class MeasureBounds
{
    public static double Violation(MeasureBound[] bounds, FinishedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var sum = 0d;
        foreach (var bound in bounds)
        {
            sum += bound.Violation(trial);
        }

        return sum;
    }
}
