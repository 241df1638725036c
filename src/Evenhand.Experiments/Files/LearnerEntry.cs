using Evenhand.Data;
using Evenhand.Data.Yaml;
using Evenhand.Learning;
using Evenhand.Tuning;

namespace Evenhand.Experiments;

/// <summary>
/// A learner of an experiment: its name, or the name with its options: <c>matrix-factorization: { lambda: 0.05 }</c>.
/// Each option is fixed or searched. The name with the value <c>search</c> searches every option that has an interval
/// of its own.
/// </summary>
public sealed record LearnerEntry : IYamlBound<LearnerEntry>
{
    internal LearnerEntry(LearnerDescriptor learner, IReadOnlyList<OptionSetting> settings, YamlPlace place)
    {
        Learner = learner;
        Settings = settings;
        Place = place;
    }

    /// <summary>The learner.</summary>
    public LearnerDescriptor Learner { get; }

    /// <summary>The options that do not have their default, in the order of the file.</summary>
    public IReadOnlyList<OptionSetting> Settings { get; }

    /// <summary>Where the name stands.</summary>
    public YamlPlace Place { get; }

    /// <summary>The options with the fixed settings in place; null where an option that takes one of several words is
    /// searched, so that a trial decides.</summary>
    internal LearnerOptions? FixedOptions()
    {
        var options = Learner.CreateDefaultOptions();
        foreach (var setting in Settings)
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

    /// <inheritdoc/>
    public static LearnerEntry? FromYaml(YamlElement element, YamlProblems problems)
    {
        ArgumentNullException.ThrowIfNull(element);
        ArgumentNullException.ThrowIfNull(problems);
        if (element.Kind == YamlKind.Scalar)
        {
            return Find(element.Text, element.Place, problems) is { } learner
                ? new LearnerEntry(learner, [], element.Place)
                : null;
        }

        if (element is not { Kind: YamlKind.Mapping, Entries: [var entry] })
        {
            var many = element.Entries.Count > 1
                ? "; start each learner with a hyphen of its own, and indent its options"
                : "";
            problems.AddExpected(element, $"a learner's name, or one name with its options{many}");
            return null;
        }

        return Find(entry.Key, entry.Place, problems) is not { } found ? null
            : new LearnerEntry(found, ReadSettings(found, entry.Value, problems), entry.Place);
    }

    private static LearnerDescriptor? Find(string name, YamlPlace place, YamlProblems problems)
    {
        var learner = LearnerCatalogue.Find(name);
        if (learner is null)
        {
            var names = LearnerCatalogue.Learners.Select(l => l.Name).ToArray();
            problems.Add(place, $"there is no learner '{name}'.{NearestName.Hint(name, names)}");
        }

        return learner;
    }

    private static List<OptionSetting> ReadSettings(
        LearnerDescriptor learner, YamlElement element, YamlProblems problems)
    {
        var keys = YamlShape.OfRecord(learner.OptionsType).Keys;
        switch (element.Kind)
        {
            case YamlKind.Null:
                return [];
            case YamlKind.Scalar when element.Text == OptionReader.Search:
                return [.. keys.Where(OptionReader.HasInterval).Select(OptionReader.Interval)];
            case YamlKind.Mapping:
                break;
            default:
                problems.AddExpected(element, $"options of {learner.Name}, or {OptionReader.Search}");
                return [];
        }

        var known = problems.Count;
        var settings = new List<OptionSetting>();
        foreach (var entry in element.Entries)
        {
            if (keys.FirstOrDefault(k => k.Name == entry.Key) is not { } key)
            {
                problems.AddUnknownKey(element, entry, [.. keys.Select(k => k.Name)]);
            }
            else if (OptionReader.Read(key, entry.Value, problems) is { } setting)
            {
                settings.Add(setting);
            }
        }

        if (problems.Count == known && settings.All(s => s is FixedOption))
        {
            CheckTogether(new LearnerEntry(learner, settings, element.Place), element, problems);
        }

        return settings;
    }

    // Options that contradict each other; with searched ones it takes a trial to know.
    private static void CheckTogether(LearnerEntry entry, YamlElement element, YamlProblems problems)
    {
        try
        {
            entry.FixedOptions()!.Validate();
        }
        catch (InputException e)
        {
            problems.Add(element, e.Message);
        }
    }
}
