using System.Text.Json;
using Evenhand.Configuration;

namespace Evenhand.Data.Splits;

/// <summary>What is wrong with split options taken by themselves, before any data is seen.</summary>
internal static class SplitProblems
{
    private const double ShareTolerance = 1e-9;

    /// <summary>The strategy as users write it, such as <c>leave-k-out</c>.</summary>
    public static string NameOf(SplitStrategy strategy) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(strategy.ToString());

    /// <summary>Values that contradict each other.</summary>
    public static IEnumerable<OptionProblem> Of(SplitOptions options)
    {
        var sum = options.Train + options.Validation + options.Test;
        if (UsesShares(options.Strategy) && !(Math.Abs(sum - 1) <= ShareTolerance))
        {
            yield return new OptionProblem(
                "",
                $"train {options.Train}, validation {options.Validation} and test {options.Test} "
                + $"add up to {sum:0.######}; the three shares must add up to 1.");
        }

        if (options.Strategy == SplitStrategy.UserKFold && options.Fold >= options.Folds)
        {
            yield return new OptionProblem(
                "fold",
                $"{options.Fold} is not one of {options.Folds} folds; they count from 0 to {options.Folds - 1}.");
        }

        if (options.Strategy == SplitStrategy.Files)
        {
            foreach (var (key, file) in new[] { ("trainFile", options.TrainFile), ("testFile", options.TestFile) })
            {
                if (string.IsNullOrWhiteSpace(file))
                {
                    yield return new OptionProblem(key, "strategy 'files' needs the path of a file here.");
                }
            }
        }
    }

    private static bool UsesShares(SplitStrategy strategy) => strategy
        is SplitStrategy.Random or SplitStrategy.Stratified or SplitStrategy.PerUser or SplitStrategy.Time;
}
