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
        var keys = YamlShape.OfRecord(defaults().GetType()).Keys;
        switch (element.Kind)
        {
            case YamlKind.Null:
                return [];
            case YamlKind.Scalar when element.Text == OptionReader.Search:
                return [.. keys.Where(OptionReader.HasInterval).Select(OptionReader.Interval)];
            case YamlKind.Mapping:
                break;
            default:
                problems.AddExpected(element, $"options of {name}, or {OptionReader.Search}");
                return [];
        }

        var known = problems.Count;
        var settings = new List<OptionSetting>();
        foreach (var entry in element.Entries)
        {
            if (others.Contains(entry.Key))
            {
                continue;
            }

            if (keys.FirstOrDefault(k => k.Name == entry.Key) is not { } key)
            {
                problems.AddUnknownKey(element, entry, [.. others, .. keys.Select(k => k.Name)]);
            }
            else if (OptionReader.Read(key, entry.Value, problems) is { } setting)
            {
                settings.Add(setting);
            }
        }

        // Options that contradict each other; with searched ones it takes a trial to know.
        if (problems.Count == known && settings.All(s => s is FixedOption))
        {
            foreach (var problem in OptionsValidator.Problems(Fixed(defaults(), settings)!))
            {
                // The message names the option, which may be one that has its default and stands nowhere.
                problems.Add(element, problem.Message);
            }
        }

        return settings;
    }

    /// <summary>The options with the fixed settings in place; null where an option that takes one of several words is
    /// searched, so that a trial decides.</summary>
    /// <param name="options">New options that nobody else holds: the one moment at which they may be set.</param>
    /// <param name="settings">The settings.</param>
    public static TOptions? Fixed<TOptions>(TOptions options, IReadOnlyList<OptionSetting> settings)
        where TOptions : OptionsRecord
    {
        foreach (var setting in settings)
        {
            switch (setting)
            {
                case FixedOption given:
                    given.Key.Property.SetValue(options, given.Value);
                    break;
                case SearchedOption { Domain: CategoricalDomain }:
                    return null;
            }
        }

        return options;
    }

    /// <summary>The options at a point of a search space: searched, fixed and default ones.</summary>
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
        foreach (var setting in settings)
        {
            var value = setting is FixedOption given
                ? given.Value
                : OptionReader.FromParameter(setting.Key, parameters[prefix + setting.Key.Name]);
            var isPath = FilePathOptions.AttributeOf(setting.Key) is not null;
            setting.Key.Property.SetValue(
                options, isPath && resolve is not null && value is string { Length: > 0 } path ? resolve(path) : value);
        }

        return options;
    }

    /// <summary>The values at a point that the file names, searched or fixed, for reports.</summary>
    public static IEnumerable<KeyValuePair<string, ParameterValue>> ValuesAt(
        IReadOnlyList<OptionSetting> settings, string prefix, ParameterSet parameters) =>
        settings.Select(setting => KeyValuePair.Create(
            setting.Key.Name,
            setting is FixedOption given
                ? OptionReader.ToParameter(given.Value)
                : parameters[prefix + setting.Key.Name]));

    /// <summary>The searched options as parameters.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="prefix">What stands before an option's name.</param>
    /// <param name="when">When they are active; null: always.</param>
    public static IEnumerable<Parameter> Searched(
        IReadOnlyList<OptionSetting> settings, string prefix, ParameterCondition? when) =>
        settings.OfType<SearchedOption>().Select(
            option => new Parameter(prefix + option.Key.Name, option.Domain) { When = when });
}
