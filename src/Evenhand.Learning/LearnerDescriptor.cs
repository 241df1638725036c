using Evenhand.Configuration;

namespace Evenhand.Learning;

/// <summary>What a <see cref="Registry"/> knows of a learner.</summary>
public sealed class LearnerDescriptor : IRegistryEntry
{
    private readonly Func<LearnerOptions, IReadOnlyList<Learner>, Learner> _create;

    private LearnerDescriptor(
        string name,
        string summary,
        Type optionsType,
        IReadOnlyList<TaskKind> tasks,
        IReadOnlyList<string>? memberExample,
        IReadOnlyList<string> memberRoles,
        Func<LearnerOptions, IReadOnlyList<Learner>, Learner> create,
        Func<LearnerOptions> defaults,
        Func<ModelReader, Model> read)
    {
        Name = name;
        Summary = summary;
        OptionsType = optionsType;
        Tasks = tasks;
        MemberExample = memberExample ?? [];
        MemberRoles = memberRoles;
        _create = create;
        CreateDefaultOptions = defaults;
        Read = read;
    }

    /// <inheritdoc/>
    public static string Kind => "learner";

    /// <summary>Name in experiment files and model files, in kebab-case.</summary>
    public string Name { get; }

    /// <summary>One sentence on what it fits.</summary>
    public string Summary { get; }

    /// <summary>Its options record, a subtype of <see cref="LearnerOptions"/>.</summary>
    public Type OptionsType { get; }

    /// <summary>The tasks it can be used for.</summary>
    public IReadOnlyList<TaskKind> Tasks { get; }

    /// <summary>Whether it can be made. Of a learner whose assembly is not loaded only the name is known.</summary>
    public bool IsAvailable { get; private init; } = true;

    /// <summary>Whether it is made of other learners.</summary>
    public bool TakesMembers => MemberExample.Count > 0;

    /// <summary>What each member is for, where a learner has a fixed number of them; empty where any number will
    /// do.</summary>
    public IReadOnlyList<string> MemberRoles { get; }

    /// <summary>Names of learners that may be its members; empty where it has none.</summary>
    public IReadOnlyList<string> MemberExample { get; }

    /// <summary>Makes its options with every default in place.</summary>
    public Func<LearnerOptions> CreateDefaultOptions { get; }

    /// <summary>Reads a model of it from what the model wrote.</summary>
    public Func<ModelReader, Model> Read { get; }

    /// <summary>A learner with the given options.</summary>
    /// <exception cref="ArgumentException">The options are not of <see cref="OptionsType"/>, or the learner is made of
    /// others.</exception>
    public Learner Create(LearnerOptions options) => Create(options, []);

    /// <summary>A learner with the given options, made of the given members.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="members">One for each of <see cref="MemberRoles"/>, or at least one where
    /// <see cref="TakesMembers"/>; otherwise none.</param>
    /// <exception cref="ArgumentException">The options are not of <see cref="OptionsType"/>, or members are missing or
    /// not taken.</exception>
    public Learner Create(LearnerOptions options, IReadOnlyList<Learner> members)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(members);
        if (TakesMembers != members.Count > 0)
        {
            throw new ArgumentException(
                TakesMembers ? $"'{Name}' is made of other learners." : $"'{Name}' has no members.", nameof(members));
        }

        if (MemberRoles.Count > 0 && members.Count != MemberRoles.Count)
        {
            throw new ArgumentException($"'{Name}' takes {string.Join(" and ", MemberRoles)}.", nameof(members));
        }

        return options.GetType() == OptionsType
            ? _create(options, members)
            : throw new ArgumentException(
                $"'{Name}' takes {OptionsType.Name}, not {options.GetType().Name}.", nameof(options));
    }

    /// <summary>Stands for a learner of an assembly that is not loaded, so that what it has left can be read.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="assembly">Where it comes from.</param>
    public static LearnerDescriptor Unavailable(string name, string assembly)
    {
        InputException Missing() => new($"The learner '{name}' comes from {assembly}, which is not loaded.");
        return new(
            name,
            $"Comes from {assembly}, which is not loaded.",
            typeof(UnavailableLearnerOptions),
            TaskKinds.Every,
            null,
            [],
            (_, _) => throw Missing(),
            () => new UnavailableLearnerOptions(),
            _ => throw Missing())
        {
            IsAvailable = false,
        };
    }

    /// <summary>Describes a learner.</summary>
    /// <typeparam name="TOptions">Its options record.</typeparam>
    /// <param name="name">Name in experiment files and model files, in kebab-case.</param>
    /// <param name="summary">One sentence on what it fits.</param>
    /// <param name="tasks">The tasks it can be used for.</param>
    /// <param name="create">Makes the learner from its options.</param>
    /// <param name="read">Reads a model of it from what the model wrote.</param>
    public static LearnerDescriptor Of<TOptions>(
        string name,
        string summary,
        IReadOnlyList<TaskKind> tasks,
        Func<TOptions, Learner> create,
        Func<ModelReader, Model> read)
        where TOptions : LearnerOptions, new() =>
        new(
            name,
            summary,
            typeof(TOptions),
            tasks,
            null,
            [],
            (options, _) => create((TOptions)options),
            () => new TOptions(),
            read);

    /// <summary>Describes a learner that is made of others.</summary>
    /// <typeparam name="TOptions">Its options record.</typeparam>
    /// <param name="name">Name in experiment files and model files, in kebab-case.</param>
    /// <param name="summary">One sentence on what it fits.</param>
    /// <param name="tasks">The tasks it can be used for.</param>
    /// <param name="create">Makes the learner from its options and members.</param>
    /// <param name="read">Reads a model of it from what the model wrote.</param>
    /// <param name="memberExample">Names of learners that may be its members.</param>
    /// <param name="memberRoles">What each member is for, where there is a fixed number; null where any number will
    /// do.</param>
    public static LearnerDescriptor OfMembers<TOptions>(
        string name,
        string summary,
        IReadOnlyList<TaskKind> tasks,
        Func<TOptions, IReadOnlyList<Learner>, Learner> create,
        Func<ModelReader, Model> read,
        IReadOnlyList<string> memberExample,
        IReadOnlyList<string>? memberRoles = null)
        where TOptions : LearnerOptions, new() =>
        new(
            name,
            summary,
            typeof(TOptions),
            tasks,
            memberExample,
            memberRoles ?? [],
            (options, members) => create((TOptions)options, members),
            () => new TOptions(),
            read);

    private sealed record UnavailableLearnerOptions : LearnerOptions;
}
