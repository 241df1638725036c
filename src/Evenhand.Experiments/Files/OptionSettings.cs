using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Tuning.Space;

namespace Evenhand.Experiments.Files;

/// <summary>Reads the options that stand behind a name (a learner's or a mitigation's) and puts them in
/// place.</summary>
internal static class OptionSettings
{
    /// <summary>Reads options: a mapping, nothing, or the word <c>search</c>.</summary>
    /// <param name="name">Name that the options belong to.</param>
    /// <param name="defaults">Makes options with every default in place.</param>
    /// <param name="element">What stands behind the name.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <param name="others">Keys that are allowed beside the options, and read by whoever asks.</param>
    public static List<OptionSetting> Read(
        string name,
        Func<OptionsRecord> defaults,
        YamlElement element,
        YamlProblems problems,
        params IReadOnlyList<string> others)
    {
        var known = problems.Count;
        var type = defaults().GetType();
        if (problems.IsFormer)
        {
            return ReadEntries(name, OptionKey.FormerOf(type), element, problems, others);
        }

        var keys = OptionKey.Of(type);
        var settings = ReadEntries(name, keys, element, problems, others);
        var effects = new OptionEffects(Put(defaults(), settings), settings);
        CheckEffects(keys, element, effects, problems);

        // Options that contradict each other; with searched ones it takes a trial to know.
        if (problems.Count == known && settings.All(s => s is FixedOption))
        {
            foreach (var problem in OptionsValidator.Problems(Put(defaults(), settings)))
            {
                // The message names the option, which may be one that has its default and stands nowhere.
                problems.Add(element, problem.Message);
            }
        }

        return
        [
            .. settings.Select(setting => (Setting: setting, Effect: effects.Of(setting.Key)))
                .Where(item => item.Effect.WhyIdle is null)
                .Select(item => item.Setting with { When = item.Effect.When }),
        ];
    }

    /// <summary>The options with the fixed settings in place; null where an option that takes one of several words is
    /// searched, so that a trial decides.</summary>
    /// <param name="options">New options that nobody else holds: the one moment at which they may be set.</param>
    /// <param name="settings">The settings.</param>
    public static TOptions? Fixed<TOptions>(TOptions options, IReadOnlyList<OptionSetting> settings)
        where TOptions : OptionsRecord
    {
        return settings.Any(setting => setting is SearchedOption { Domain: CategoricalDomain })
            ? null
            : Put(options, settings);
    }

    /// <summary>The options at a point of a search space: searched, fixed and default ones. What has no effect there
    /// has its default.</summary>
    /// <param name="options">New options that nobody else holds.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="prefix">What stands before an option's name in the names of parameters.</param>
    /// <param name="parameters">The point.</param>
    /// <param name="resolve">Makes a full path of one that is relative to the experiment file; null: paths stay as they
    /// are.</param>
    public static TOptions At<TOptions>(
        TOptions options,
        IReadOnlyList<OptionSetting> settings,
        string prefix,
        ParameterSet parameters,
        Func<string, string>? resolve = null)
        where TOptions : OptionsRecord
    {
        foreach (var setting in ActiveAt(settings, prefix, parameters))
        {
            var value = setting is FixedOption given
                ? given.Value
                : OptionReader.FromParameter(setting.Key.Key, parameters[prefix + setting.Name]);
            var isPath = FilePathOptions.AttributeOf(setting) is not null;
            setting.Key.Set(
                options, isPath && resolve is not null && value is string { Length: > 0 } path ? resolve(path) : value);
        }

        return options;
    }

    /// <summary>The values at a point that the file names, searched or fixed, and that have an effect there, for
    /// reports.</summary>
    public static IEnumerable<KeyValuePair<string, ParameterValue>> ValuesAt(
        IReadOnlyList<OptionSetting> settings, string prefix, ParameterSet parameters) =>
        ActiveAt(settings, prefix, parameters).Select(setting => KeyValuePair.Create(
            setting.Name,
            setting is FixedOption given ? OptionReader.ToParameter(given.Value) : parameters[prefix + setting.Name]));

    /// <summary>The searched options as parameters.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="prefix">What stands before an option's name.</param>
    /// <param name="when">When the learner or the mitigation is active that they belong to; null: always.</param>
    public static IEnumerable<Parameter> Searched(
        IReadOnlyList<OptionSetting> settings, string prefix, ParameterCondition? when) =>
        settings.OfType<SearchedOption>().Select(
            option => new Parameter(prefix + option.Name, option.Domain) { When = Under(option.When, prefix, when) });

    private static List<OptionSetting> ReadEntries(
        string name,
        IReadOnlyList<OptionKey> keys,
        YamlElement element,
        YamlProblems problems,
        IReadOnlyList<string> others)
    {
        var all = keys.SelectMany(key => key.Single);
        switch (element.Kind)
        {
            case YamlKind.Null:
                return [];
            case YamlKind.Scalar when element.Text == OptionReader.Search:
                return [.. all.Where(key => OptionReader.HasInterval(key.Key)).Select(OptionReader.Interval)];
            case YamlKind.Mapping:
                break;
            default:
                problems.AddExpected(element, $"options of {name}, or {OptionReader.Search}");
                return [];
        }

        var settings = new List<OptionSetting>();
        foreach (var entry in element.Entries.Where(entry => !others.Contains(entry.Key)))
        {
            var key = keys.FirstOrDefault(k => k.Key.Name == entry.Key || k.Name == entry.Key);
            var moved = key is null or { IsRecord: true } && !problems.IsFormer
                ? all.FirstOrDefault(k => k.FormerName == entry.Key)
                : null;
            if (moved is not null && (key is null || IsValue(entry.Value)))
            {
                problems.Add(
                    entry.Value, $"is now '{moved.Name}': write {moved.Within!.Key.Name}: {{ {moved.Key.Name}: ... }}");
            }
            else if (key is null)
            {
                problems.AddUnknownKey(element, entry, [.. others, .. keys.Select(k => k.Key.Name)]);
            }
            else if (key.IsRecord)
            {
                settings.AddRange(ReadEntries(key.Name, key.Inner, entry.Value, problems, []));
            }
            else if (OptionReader.Read(key, entry.Value, problems) is { } setting)
            {
                settings.Add(setting);
            }
        }

        return settings;
    }

    // Whether this stands for one option, and not for a record of them.
    private static bool IsValue(YamlElement element) => element.Kind is YamlKind.List || OptionReader.IsDomain(element)
        || element is { Kind: YamlKind.Scalar, Text: not OptionReader.Search };

    // What is written must have an effect in some trial.
    private static void CheckEffects(
        IReadOnlyList<OptionKey> keys, YamlElement element, OptionEffects effects, YamlProblems problems)
    {
        foreach (var key in keys.Where(key => element.Find(key.Key.Name) is not null))
        {
            var value = element.Find(key.Key.Name)!.Value;
            if (effects.Of(key).WhyIdle is { } idle)
            {
                problems.Add(value, idle);
            }
            else if (key.IsRecord && value.Kind == YamlKind.Mapping)
            {
                CheckEffects(key.Inner, value, effects, problems);
            }
            else if (key.IsRecord && value is { Kind: YamlKind.Scalar, Text: OptionReader.Search }
                && key.Single.All(k => !OptionReader.HasInterval(k.Key) || effects.Of(k).WhyIdle is not null))
            {
                problems.Add(value, "no option in it has an effect and an interval of its own to search");
            }
        }
    }

    private static TOptions Put<TOptions>(TOptions options, IReadOnlyList<OptionSetting> settings)
        where TOptions : OptionsRecord
    {
        foreach (var given in settings.OfType<FixedOption>())
        {
            given.Key.Set(options, given.Value);
        }

        return options;
    }

    // In a study of an earlier version, what had no effect is there as well.
    private static IEnumerable<OptionSetting> ActiveAt(
        IReadOnlyList<OptionSetting> settings, string prefix, ParameterSet parameters) =>
        settings.Where(setting => Under(setting.When, prefix, null)?.HoldsIn(parameters) != false);

    // A condition on the options of one learner as one on parameters. Only where what they belong to is active may the
    // parent have a value; that it has none must not be enough elsewhere.
    private static ParameterCondition? Under(ParameterCondition? own, string prefix, ParameterCondition? when) =>
        own is null ? when : new ParameterCondition(prefix + own.Parameter, own.Values)
        {
            IsNegated = own.IsNegated,
            And = own.IsNegated ? Under(own.And, prefix, when) : null,
        };
}
