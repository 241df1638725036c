namespace Evenhand.Learning;

/// <summary>What the catalogue knows of a learner.</summary>
public sealed class LearnerDescriptor
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

    /// <summary>Name in experiment files and model files, in kebab-case.</summary>
    public string Name { get; }

    /// <summary>One sentence on what it fits.</summary>
    public string Summary { get; }

    /// <summary>Its options record, a subtype of <see cref="LearnerOptions"/>.</summary>
    public Type OptionsType { get; }

    /// <summary>The tasks it can be used for.</summary>
    public IReadOnlyList<TaskKind> Tasks { get; }

    /// <summary>Whether it is made of other learners.</summary>
    public bool TakesMembers => MemberExample.Count > 0;

    /// <summary>What each member is for, where a learner has a fixed number of them; empty where any number will
    /// do.</summary>
    public IReadOnlyList<string> MemberRoles { get; }

    /// <summary>Names of learners that may be its members; empty where it has none.</summary>
    public IReadOnlyList<string> MemberExample { get; }

    /// <summary>Makes its options with every default in place.</summary>
    public Func<LearnerOptions> CreateDefaultOptions { get; }

    /// <summary>Reads a model that it fitted from its state.</summary>
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

    /// <summary>Describes a learner.</summary>
    /// <typeparam name="TOptions">Its options record.</typeparam>
    /// <param name="name">Its name, in kebab-case.</param>
    /// <param name="summary">One sentence on what it fits.</param>
    /// <param name="tasks">The tasks it can be used for.</param>
    /// <param name="create">Makes it from options.</param>
    /// <param name="read">Reads a model that it fitted: what the model's <see cref="Model.Write"/> wrote.</param>
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
    /// <param name="name">Its name, in kebab-case.</param>
    /// <param name="summary">One sentence on what it fits.</param>
    /// <param name="tasks">The tasks it can be used for.</param>
    /// <param name="create">Makes it from options and members.</param>
    /// <param name="read">Reads a model that it fitted: what the model's <see cref="Model.Write"/> wrote.</param>
    /// <param name="memberExample">Names of learners that may be its members; at least one.</param>
    /// <param name="memberRoles">What each member is for; null where any number of them will do.</param>
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
}
