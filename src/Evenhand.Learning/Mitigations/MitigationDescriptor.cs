using Evenhand.Configuration;


namespace Evenhand.Learning.Mitigations;

/// <summary>What a <see cref="Registry"/> knows of a mitigation.</summary>
public class MitigationDescriptor : IRegistryEntry
{
    private readonly Func<MitigationOptions, Mitigation> _create;

    /// <param name="name">Name in experiment files, in kebab-case.</param>
    /// <param name="summary">One sentence on what it does.</param>
    /// <param name="stage">Where it acts.</param>
    /// <param name="optionsType">Its options record.</param>
    /// <param name="tasks">The tasks it can be used for.</param>
    /// <param name="create">Makes the mitigation from its options.</param>
    /// <param name="defaults">Makes its options with every default in place.</param>
    private protected MitigationDescriptor(
        string name,
        string summary,
        MitigationStage stage,
        Type optionsType,
        IReadOnlyList<TaskKind> tasks,
        Func<MitigationOptions, Mitigation> create,
        Func<MitigationOptions> defaults)
    {
        Name = name;
        Summary = summary;
        Stage = stage;
        OptionsType = optionsType;
        Tasks = tasks;
        _create = create;
        CreateDefaultOptions = defaults;
    }

    /// <inheritdoc/>
    public static string Kind => "mitigation";

    /// <summary>Name in experiment files, in kebab-case.</summary>
    public string Name { get; }

    /// <summary>One sentence on what it does.</summary>
    public string Summary { get; }

    /// <summary>Where it acts.</summary>
    public MitigationStage Stage { get; }

    /// <summary>Its options record, a subtype of <see cref="MitigationOptions"/>.</summary>
    public Type OptionsType { get; }

    /// <summary>The tasks it can be used for.</summary>
    public IReadOnlyList<TaskKind> Tasks { get; }

    /// <summary>Makes its options with every default in place. Groups without a default are empty.</summary>
    public Func<MitigationOptions> CreateDefaultOptions { get; }

    /// <summary>A mitigation with the given options.</summary>
    /// <exception cref="ArgumentException">The options are not of <see cref="OptionsType"/>.</exception>
    public Mitigation Create(MitigationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.GetType() == OptionsType
            ? _create(options)
            : throw new ArgumentException(
                $"'{Name}' takes {OptionsType.Name}, not {options.GetType().Name}.", nameof(options));
    }

    /// <summary>Whether it can be made. Of a mitigation whose assembly is not loaded only name and stage are
    /// known.</summary>
    public bool IsAvailable { get; private init; } = true;

    /// <summary>Stands for a mitigation of an assembly that is not loaded, so that what it has left can be
    /// read.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="stage">Where it acts.</param>
    /// <param name="assembly">Where it comes from.</param>
    public static MitigationDescriptor Unavailable(string name, MitigationStage stage, string assembly) =>
        new(
            name,
            $"Comes from {assembly}, which is not loaded.",
            stage,
            typeof(UnavailableMitigationOptions),
            TaskKinds.Every,
            _ => throw new InputException($"The mitigation '{name}' comes from {assembly}, which is not loaded."),
            () => new UnavailableMitigationOptions())
        {
            IsAvailable = false,
        };

    /// <summary>Describes a mitigation that keeps nothing of its own in model files.</summary>
    /// <typeparam name="TOptions">Its options record.</typeparam>
    /// <param name="name">Name in experiment files, in kebab-case.</param>
    /// <param name="summary">One sentence on what it does.</param>
    /// <param name="tasks">The tasks it can be used for.</param>
    /// <param name="create">Makes the mitigation from its options.</param>
    /// <param name="stage">Where it acts.</param>
    public static MitigationDescriptor Of<TOptions>(
        string name,
        string summary,
        IReadOnlyList<TaskKind> tasks,
        Func<TOptions, Mitigation> create,
        MitigationStage stage)
        where TOptions : MitigationOptions, new() =>
        new(name, summary, stage, typeof(TOptions), tasks, options => create((TOptions)options), () => new TOptions());

    private sealed record UnavailableMitigationOptions : MitigationOptions;
}
