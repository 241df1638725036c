namespace Evenhand.Metrics.Bounds;

/// <summary>How bounds are made, in the words of the formula cards.</summary>
internal static class BoundsCards
{
    public const string Difference = Pairs + "; the lower bound holds for all pairs at once (studentized range: Tukey "
        + "1953, Kramer 1956), the upper one for each by itself (Berger 1982)";

    public const string Ratio = "of each pair from the bounds of its groups (MOVER: Donner and Zou 2012); the upper "
        + "bound holds for all pairs at once (studentized range: Tukey 1953, Kramer 1956), the lower one for each by "
        + "itself (Berger 1982)";

    public const string Extreme = "the worst of the groups' bounds; on the better side they hold for all groups at "
        + "once (Sidak 1967), on the worse side for each by itself (Berger 1982)";

    public const string MeanOfPairs = Pairs + ", and the same mean of these; lower bounds hold for all pairs at once "
        + "(studentized range: Tukey 1953, Kramer 1956)";

    public const string Discrepancy = "Student's t times the standard error of the bootstrap, about the figure and, "
        + "below, about the figure less its bias (Efron and Tibshirani 1993, section 10.2)";

    private const string Pairs = "of each pair from the bounds of its groups (MOVER: Zou and Donner 2008; rates: "
        + "Newcombe 1998, method 10)";

    /// <summary>Of a metric of one population with such values.</summary>
    public static string Of(FigureRange range) => Of(range, "the bootstrap");

    /// <summary>Of a metric whose resamples leave users out.</summary>
    public static string ByLeavingOut(FigureRange range) => Of(range, "the delete-d jackknife (Shao and Wu 1989)");

    private static string Of(FigureRange range, string resampling) =>
        range.IsBounded
            ? "score bounds (Agresti and Coull 1998; Student's t for z) with as many rows as have the standard error "
                + $"of {resampling}; where that is 0, at either end of the range, with all rows"
        : range.Low >= 0
            ? $"Student's t times the standard error of {resampling}, of the logarithm (Efron and Tibshirani 1993, "
                + "chapters 6 and 12), above with a quarter of the degrees of freedom (Satterthwaite 1946)"
        : $"Student's t times the standard error of {resampling} (Efron and Tibshirani 1993, chapters 6 and 12)";
}
