using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Learning.Mitigations;

namespace Evenhand.Experiments.Files;

/// <summary>
/// A mitigation that the tuner may choose: its name with its options: <c>reweighing: { group: gender, strength: search
/// }</c>. Each option is fixed or searched, as a learner's options are.
/// </summary>
[SectionTitle("mitigation")]
public sealed record MitigationEntry : IYamlBound<MitigationEntry>, INamedEntry
{
    /// <summary>The word that stands for no mitigation.</summary>
    public const string None = "none";

    private MitigationEntry(
        MitigationDescriptor? mitigation, IReadOnlyList<OptionSetting> settings, YamlPlace place)
    {
        Mitigation = mitigation;
        Settings = settings;
        Place = place;
    }

    /// <summary>The mitigation; null for <c>none</c>.</summary>
    public MitigationDescriptor? Mitigation { get; }

    /// <summary>The options that do not have their default, in the order of the file.</summary>
    public IReadOnlyList<OptionSetting> Settings { get; }

    /// <summary>Where the name stands.</summary>
    public YamlPlace Place { get; }

    /// <inheritdoc/>
    public static IEnumerable<NamedChoice> Choices(Registry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return
        [
            new NamedChoice(None, "No mitigation; always among the choices.", null) { IsNothing = true },
            .. registry.All<MitigationDescriptor>().Select(mitigation =>
            {
                var tasks = string.Join(", ", mitigation.Tasks.Select(t => $"`{YamlNames.Value(t)}`"));
                return new NamedChoice(mitigation.Name, mitigation.Summary, mitigation.OptionsType)
                {
                    Text = $"Stage `{YamlNames.Value(mitigation.Stage)}`, for {tasks}. {mitigation.Summary}",
                    IsSearched = true,
                };
            }),
        ];
    }

    /// <inheritdoc/>
    public static MitigationEntry? FromYaml(YamlElement element, YamlProblems problems)
    {
        ArgumentNullException.ThrowIfNull(element);
        ArgumentNullException.ThrowIfNull(problems);
        if (element is { Kind: YamlKind.Scalar, Text: None })
        {
            return new MitigationEntry(null, [], element.Place);
        }

        var (name, place, options) = element switch
        {
            { Kind: YamlKind.Scalar } => (element.Text, element.Place, null),
            { Kind: YamlKind.Mapping, Entries: [var entry] } => (entry.Key, entry.Place, entry.Value),
            _ => (null, element.Place, (YamlElement?)null),
        };
        if (name is null)
        {
            problems.AddExpected(element, "a mitigation's name, or one name with its options");
            return null;
        }

        if (problems.Registry.Find<MitigationDescriptor>(name) is not { } found)
        {
            var names = problems.Registry.Names<MitigationDescriptor>();
            problems.Add(place, $"there is no mitigation '{name}'.{NearestName.Hint(name, names)}");
            return null;
        }

        return new MitigationEntry(
            found,
            options is null || !found.IsAvailable ? [] : OptionSettings.Read(found.Name, found.CreateDefaultOptions, options, problems),
            place);
    }
}
