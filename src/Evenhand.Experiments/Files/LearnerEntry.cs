using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Learning;
using Evenhand.Learning.Mitigations;

namespace Evenhand.Experiments.Files;

/// <summary>
/// A learner of an experiment: its name, or the name with its options: <c>matrix-factorization: { lambda: 0.05 }</c>.
/// Each option is fixed or searched. The name with the value <c>search</c> searches every option that has an interval
/// of its own. A learner that is made of others also names these, its members, which are entries like this one: in a
/// list, or each under its role.
/// </summary>
[SectionTitle("learners")]
public sealed record LearnerEntry : IYamlBound<LearnerEntry>, INamedEntry
{
    /// <summary>The key under which an ensemble, say, names its members.</summary>
    public const string MembersKey = "members";

    internal LearnerEntry(
        LearnerDescriptor learner,
        IReadOnlyList<OptionSetting> settings,
        IReadOnlyList<LearnerEntry> members,
        YamlPlace place)
    {
        Learner = learner;
        Settings = settings;
        Members = members;
        Place = place;
    }

    /// <summary>The learner.</summary>
    public LearnerDescriptor Learner { get; }

    /// <summary>The options that do not have their default, in the order of the file.</summary>
    public IReadOnlyList<OptionSetting> Settings { get; }

    /// <summary>The learners that it is made of; empty for most.</summary>
    public IReadOnlyList<LearnerEntry> Members { get; }

    /// <summary>Where the name stands.</summary>
    public YamlPlace Place { get; }

    /// <summary>The members, each with what tells it from the others: its role, else its name.</summary>
    internal IEnumerable<(string Key, LearnerEntry Member)> NamedMembers => Members.Select((member, i) =>
        (Learner.MemberRoles.Count > 0 ? Learner.MemberRoles[i] : member.Learner.Name, member));

    /// <summary>The options with the fixed settings in place; null where a trial decides between words.</summary>
    internal LearnerOptions? FixedOptions() => OptionSettings.Fixed(Learner.CreateDefaultOptions(), Settings);

    /// <summary>Whether the learner can learn under a mitigation, as far as its fixed options tell.</summary>
    internal bool Supports(MitigationDescriptor mitigation) =>
        !mitigation.IsAvailable || !Learner.IsAvailable
        || mitigation.Create(mitigation.CreateDefaultOptions()) is InMitigation during
        && Create(entry => entry.FixedOptions() ?? entry.Learner.CreateDefaultOptions()).Supports(during);

    /// <summary>The learner with its members.</summary>
    /// <param name="options">Gives the options of this entry and of each member.</param>
    internal Learner Create(Func<LearnerEntry, LearnerOptions> options) =>
        Learner.Create(options(this), [.. Members.Select(member => member.Create(options))]);

    /// <inheritdoc/>
    public static IEnumerable<NamedChoice> Choices(Registry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry.All<LearnerDescriptor>().Select(learner =>
        {
            var tasks = string.Join(", ", learner.Tasks.Select(t => $"`{YamlNames.Value(t)}`"));
            return new NamedChoice(learner.Name, learner.Summary, learner.OptionsType)
            {
                Text = $"{learner.Summary} For {tasks}.",
                IsSearched = true,
                MemberRoles = learner.MemberRoles,
                MembersKey = learner.TakesMembers && learner.MemberRoles.Count == 0 ? MembersKey : null,
            };
        });
    }

    /// <inheritdoc/>
    public static LearnerEntry? FromYaml(YamlElement element, YamlProblems problems)
    {
        ArgumentNullException.ThrowIfNull(element);
        ArgumentNullException.ThrowIfNull(problems);
        if (element.Kind == YamlKind.Scalar)
        {
            return Find(element.Text, element.Place, problems) is { } learner
                ? new LearnerEntry(learner, [], ReadMembers(learner, element, problems), element.Place)
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
            : !found.IsAvailable ? new LearnerEntry(found, [], [], entry.Place)
            : new LearnerEntry(
                found,
                OptionSettings.Read(
                    found.Name,
                    found.CreateDefaultOptions,
                    entry.Value,
                    problems,
                    MemberKeys(found)),
                ReadMembers(found, entry.Value, problems),
                entry.Place);
    }

    // Members with roles stand each under its own; others in a list.
    private static IReadOnlyList<string> MemberKeys(LearnerDescriptor learner) =>
        !learner.TakesMembers ? [] : learner.MemberRoles.Count > 0 ? learner.MemberRoles : [MembersKey];

    private static LearnerEntry[] ReadMembers(LearnerDescriptor learner, YamlElement options, YamlProblems problems)
    {
        if (!learner.TakesMembers)
        {
            return [];
        }

        if (learner.MemberRoles.Count > 0)
        {
            return [.. learner.MemberRoles
                .Select((role, i) => ReadMember(learner, role, learner.MemberExample[i], options, problems))
                .OfType<LearnerEntry>()];
        }

        if (options.Find(MembersKey)?.Value is not { Kind: YamlKind.List, Items: not [] } members)
        {
            problems.Add(
                options.Find(MembersKey)?.Value.Place ?? options.Place,
                $"'{learner.Name}' needs {MembersKey}: a list of at least one learner, such as "
                + $"{learner.Name}: {{ {MembersKey}: [{string.Join(", ", learner.MemberExample)}] }}");
            return [];
        }

        return [.. members.Items.Select(item => FromYaml(item, problems)).OfType<LearnerEntry>()];
    }

    private static LearnerEntry? ReadMember(
        LearnerDescriptor learner, string role, string example, YamlElement options, YamlProblems problems)
    {
        if (options.Find(role) is { } entry)
        {
            return FromYaml(entry.Value, problems);
        }

        problems.Add(options.Place, $"'{learner.Name}' needs a {role}: a learner, such as {role}: {example}");
        return null;
    }

    private static LearnerDescriptor? Find(string name, YamlPlace place, YamlProblems problems)
    {
        var learner = problems.Registry.Find<LearnerDescriptor>(name);
        if (learner is null)
        {
            var names = problems.Registry.Names<LearnerDescriptor>();
            problems.Add(place, $"there is no learner '{name}'.{NearestName.Hint(name, names)}");
        }

        return learner;
    }
}
