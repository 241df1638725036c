namespace Evenhand.Learning;

/// <summary>What the catalogue knows of a learner.</summary>
public sealed class LearnerDescriptor
{
    private readonly Func<LearnerOptions, Learner> _create;

    private LearnerDescriptor(
        string name,
        string summary,
        Type optionsType,
        IReadOnlyList<TaskKind> tasks,
        Func<LearnerOptions, Learner> create,
        Func<LearnerOptions> defaults,
        Func<ModelReader, Model> read)
    {
        Name = name;
        Summary = summary;
        OptionsType = optionsType;
        Tasks = tasks;
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

    /// <summary>Makes its options with every default in place.</summary>
    public Func<LearnerOptions> CreateDefaultOptions { get; }

    internal Func<ModelReader, Model> Read { get; }

    /// <summary>A learner with the given options.</summary>
    /// <exception cref="ArgumentException">The options are not of <see cref="OptionsType"/>.</exception>
    public Learner Create(LearnerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.GetType() == OptionsType
            ? _create(options)
            : throw new ArgumentException(
                $"'{Name}' takes {OptionsType.Name}, not {options.GetType().Name}.", nameof(options));
    }

    internal static LearnerDescriptor Of<TOptions>(
        string name,
        string summary,
        IReadOnlyList<TaskKind> tasks,
        Func<TOptions, Learner> create,
        Func<ModelReader, Model> read)
        where TOptions : LearnerOptions, new() =>
        new(name, summary, typeof(TOptions), tasks, o => create((TOptions)o), () => new TOptions(), read);
}
