using System.Collections.Concurrent;

namespace Evenhand.Metrics.Bounds;

/// <summary>Quantiles of Student's t, and the levels at which bounds of all groups, or of all pairs, hold at once. Each
/// is computed once in a process.</summary>
internal static class StudentQuantiles
{
    private const int Halvings = 60;
    private const double Largest = 1e9;

    // Beyond, the normal distribution differs by less than a thousandth.
    private const int ManyDegrees = 2000;

    private static readonly ConcurrentDictionary<(double Tail, int Degrees), double> Quantiles = new();
    private static readonly ConcurrentDictionary<(double Miss, int Groups), double> Tails = new();

    /// <summary>The t that is exceeded with that probability.</summary>
    public static double Upper(double tail, int degreesOfFreedom) => Quantiles.GetOrAdd(
        (tail, Math.Min(degreesOfFreedom, ManyDegrees)),
        static key => Solve(
            t => (key.Degrees == ManyDegrees
                ? Distributions.NormalBothTails(t)
                : Distributions.StudentBothTails(t, key.Degrees)) / 2,
            key.Tail));

    /// <summary>The probability of missing on one side at which bounds of the differences of all pairs of groups miss
    /// any of them with that probability (the studentized range; Tukey 1953, Kramer 1956).</summary>
    /// <param name="miss">Probability of missing any.</param>
    /// <param name="groups">Number of groups, at least 2.</param>
    public static double TailOfAllPairs(double miss, int groups) => Tails.GetOrAdd(
        (miss, groups),
        static key => Distributions.NormalBothTails(
            Solve(z => ExceedanceOfRange(Math.Sqrt(2) * z, key.Groups), key.Miss)) / 2);

    /// <summary>The probability of missing on one side at which bounds of independent groups miss any of them with that
    /// probability (Sidak 1967).</summary>
    public static double TailOfAllGroups(double miss, int groups) => -double.ExpM1(double.LogP1(-miss) / groups);

    // P(largest - smallest of that many normal numbers > range)
    // = 1 - n integral of f(z) (F(z) - F(z - range))^(n - 1) dz, by the trapezoidal rule, whose error for such a
    // function falls faster than any power of the step.
    private static double ExceedanceOfRange(double range, int numbers)
    {
        const double step = 0.05;
        var sum = 0.0;
        for (var z = -8.0; z <= 8 + range; z += step)
        {
            var between = Below(z) - Below(z - range);
            sum += Math.Exp(-z * z / 2) * Math.Pow(between, numbers - 1);
        }

        return 1 - (numbers * sum * step / Math.Sqrt(2 * Math.PI));
    }

    private static double Below(double z) =>
        z < 0 ? Distributions.NormalBothTails(z) / 2 : 1 - (Distributions.NormalBothTails(z) / 2);

    // The argument at which a falling function has the value.
    private static double Solve(Func<double, double> falling, double value)
    {
        var (low, high) = (0.0, 1.0);
        while (falling(high) > value && high < Largest)
        {
            (low, high) = (high, 2 * high);
        }

        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = falling(middle) > value ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
