using System.CommandLine;
using System.Globalization;
using Evenhand.Data;

namespace Evenhand.Cli.Commands;

/// <summary>Options that several commands have, each with one meaning everywhere.</summary>
internal static class SharedOptions
{
    public static Option<string> Store() => new("--store")
    {
        Description = "Folder of the studies: database, models, pages.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("EVENHAND_STORE") is { Length: > 0 } folder
            ? folder
            : ".evenhand",
    };

    public static Option<string?> Data() => new("--data")
    {
        Description = "Folder of the data sets; else EVENHAND_DATA, else ./data, else ../shared/data.",
        HelpName = "DIR",
    };

    public static Option<bool> Json() => new("--json")
    {
        Description = "Print JSON, and nothing else on standard output.",
    };

    public static Option<int?> Trials() => new("--trials")
    {
        Description = "Number of trials in all, instead of the file's.",
        HelpName = "N",
        CustomParser = result => WholeNumber(result, 1),
    };

    public static Option<int?> Jobs() => new("--jobs")
    {
        Description = "Trials at a time. With 1 the same seed gives the same leaderboard.",
        HelpName = "N",
        CustomParser = result => WholeNumber(result, 1),
    };

    public static Option<string?> Time() => new("--time")
    {
        Description = "Start no trial after this long, such as 90s, 5m or 1h30m.",
        HelpName = "TIME",
    };

    public static Option<long?> Seed() => new("--seed")
    {
        Description = "Seed of everything random, instead of the file's.",
        HelpName = "N",
    };

    public static Option<string[]> Set() => new("--set")
    {
        Description = "Put a value in the place of the file's, such as --set budget.trials=10. May be repeated.",
        HelpName = "PATH=VALUE",
        DefaultValueFactory = _ => [],
    };

    public static Argument<string> Study() => new("STUDY")
    {
        Description = "Name of a study or of its experiment, or 'latest'.",
    };

    /// <summary>The <c>--set</c> pairs together with the options that stand for one of them.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Overrides(
        ParseResult parsed, Option<string[]> set, Option<int?> trials, Option<string?> time, Option<int?> jobs, Option<long?> seed)
    {
        var overrides = Pairs(parsed.GetValue(set) ?? []);
        overrides.AddRange(BudgetOverrides(parsed, trials, time, jobs));
        if (parsed.GetValue(seed) is { } value)
        {
            overrides.Add(new("seed", value.ToString(CultureInfo.InvariantCulture)));
        }

        return overrides;
    }

    /// <summary>Takes <c>PATH=VALUE</c> apart.</summary>
    public static List<KeyValuePair<string, string>> Pairs(IEnumerable<string> pairs)
    {
        var overrides = new List<KeyValuePair<string, string>>();
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new InputException($"--set {pair}: expected PATH=VALUE, such as budget.trials=10.");
            }

            overrides.Add(new(pair[..equals], pair[(equals + 1)..]));
        }

        return overrides;
    }

    /// <summary>The budget options as the <c>--set</c> pairs that they stand for.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> BudgetOverrides(
        ParseResult parsed, Option<int?> trials, Option<string?> time, Option<int?> jobs)
    {
        var overrides = new List<KeyValuePair<string, string>>();
        Add("budget.trials", parsed.GetValue(trials));
        Add("budget.time", parsed.GetValue(time));
        Add("budget.jobs", parsed.GetValue(jobs));
        return overrides;

        void Add(string path, IConvertible? value)
        {
            if (value is not null)
            {
                overrides.Add(new(path, value.ToString(CultureInfo.InvariantCulture)));
            }
        }
    }

    private static int? WholeNumber(System.CommandLine.Parsing.ArgumentResult result, int least)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= least)
        {
            return value;
        }

        result.AddError($"'{result.Tokens[0].Value}' is not a whole number of at least {least}.");
        return null;
    }
}
