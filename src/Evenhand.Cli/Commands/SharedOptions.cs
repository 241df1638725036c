using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Experiments.Extensions;
using Evenhand.Experiments.Files;

namespace Evenhand.Cli.Commands;

/// <summary>Options that several commands have, each with one meaning everywhere.</summary>
internal static class SharedOptions
{
    public static Option<string?> Data() => new("--data")
    {
        Description = "Folder of the data sets; else EVENHAND_DATA, else ./data, else ../shared/data.",
        HelpName = "DIR",
    };

    public static Option<string[]> Extension(string description) => new("--extension")
    {
        Description = description,
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>A registry with what assemblies add.</summary>
    /// <param name="registry">What is there already; it stays as it is.</param>
    /// <param name="extensions">Paths of the assemblies.</param>
    /// <exception cref="InputException">One is missing or no extension.</exception>
    public static Registry Extended(Registry registry, IEnumerable<string> extensions) =>
        extensions.Aggregate(registry, (extended, path) => extended.WithAssembly(path));

    public static Option<bool> Json() => new("--json")
    {
        Description = "Print JSON, and nothing else on standard output.",
    };

    public static Option<int?> Trials() => new("--trials")
    {
        Description = "Number of trials in all, instead of the file's.",
        HelpName = "N",
        CustomParser = result => OptionalWholeNumber<BudgetSection>(result, nameof(BudgetSection.Trials)),
    };

    public static Option<int?> Jobs() => new("--jobs")
    {
        Description = "Trials at a time. With 1 the same seed gives the same leaderboard.",
        HelpName = "N",
        CustomParser = result => OptionalWholeNumber<BudgetSection>(result, nameof(BudgetSection.Jobs)),
    };

    public static Option<string?> Time() => new("--time")
    {
        Description = "Start no trial after this long, such as 90s, 5m or 1h30m.",
        HelpName = "TIME",
        CustomParser = Duration,
    };

    public static Option<long?> Seed(string description) => new("--seed")
    {
        Description = description,
        HelpName = "N",
        CustomParser = AnyWholeNumber,
    };

    public static Option<string?> Html() => TargetFile("--html", "Write the leaderboard page here too.");

    public static Option<string?> Output(string description)
    {
        var option = TargetFile("--output", description);
        option.Aliases.Add("-o");
        return option;
    }

    /// <summary>An option that takes one of a few words.</summary>
    public static Option<string> Choice(string name, string description, params string[] words)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => words[0] };
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !words.Contains(token.Value))
            {
                var hint = NearestName.Of(token.Value, words) is { } near ? $" Did you mean '{near}'?" : "";
                result.AddError($"{name} '{token.Value}' is none of {string.Join(", ", words)}.{hint}");
            }
        });
        return option;
    }

    /// <summary>Makes the folder of a file that is to be written, before the work: a bad path is told now and not after
    /// it.</summary>
    public static void Prepare(string? file)
    {
        if (file is not null)
        {
            WholeFile.CheckTarget(file);
        }
    }

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
        ParseResult parsed,
        Option<string[]> set,
        Option<int?> trials,
        Option<string?> time,
        Option<int?> jobs,
        Option<long?> seed)
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

    /// <summary>Parses a whole number that stands for an option, in the range of that option.</summary>
    /// <typeparam name="TOptions">The options record.</typeparam>
    /// <param name="result">What is parsed.</param>
    /// <param name="property">Name of the option's property.</param>
    public static int? OptionalWholeNumber<TOptions>(ArgumentResult result, string property)
    {
        var range = new OptionRules(typeof(TOptions).GetProperty(property)!).Range!;
        return OptionalWholeNumber(result, (int)OptionRange.Minimum(range), (int)OptionRange.Maximum(range));
    }

    /// <summary>As <see cref="OptionalWholeNumber{TOptions}"/>, for an option that is always there.</summary>
    /// <typeparam name="TOptions">The options record.</typeparam>
    /// <param name="result">What is parsed.</param>
    /// <param name="property">Name of the option's property.</param>
    public static int WholeNumber<TOptions>(ArgumentResult result, string property) =>
        OptionalWholeNumber<TOptions>(result, property) ?? 0;

    /// <summary>Parses a whole number that has a least value; a smaller one is an error of the command line.</summary>
    public static int WholeNumber(ArgumentResult result, int least) => OptionalWholeNumber(result, least) ?? least;

    /// <summary>As <see cref="WholeNumber"/>, for an option that may be left out.</summary>
    public static int? OptionalWholeNumber(ArgumentResult result, int least, int most = int.MaxValue)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least)
        {
            if (value > most)
            {
                result.AddError($"{NameOf(result)} '{text}' is more than {most}, the most there can be.");
            }

            return value;
        }

        result.AddError($"{NameOf(result)} '{text}' is not a whole number of at least {least}.");
        return null;
    }

    /// <summary>Takes lists with commas apart; an option that may be repeated gives several of them.</summary>
    public static string[] Names(IEnumerable<string> lists) =>
    [
        .. lists.SelectMany(list =>
            list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];

    private static Option<string?> TargetFile(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "FILE" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value.Length: 0 }])
            {
                result.AddError($"{name} names no file.");
            }
        });
        return option;
    }

    private static string? Duration(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!YamlScalars.TryDuration(text, out var time) || time <= TimeSpan.Zero)
        {
            result.AddError($"{NameOf(result)} '{text}' is no time such as 90s, 5m or 1h30m.");
        }

        return text;
    }

    private static long? AnyWholeNumber(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        result.AddError($"{NameOf(result)} '{text}' is not a whole number.");
        return null;
    }

    private static string NameOf(ArgumentResult result) =>
        result.Parent is OptionResult { Option.Name: var option } ? option : result.Argument.Name;
}
