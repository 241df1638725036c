using Evenhand.Learning.Mitigations.Post;

namespace Evenhand.Learning.Mitigations;

/// <summary>What the catalogue knows of a mitigation.</summary>
public sealed class MitigationDescriptor
{
    private readonly Func<MitigationOptions, Mitigation> _create;

    private MitigationDescriptor(
        string name,
        string summary,
        MitigationStage stage,
        Type optionsType,
        IReadOnlyList<TaskKind> tasks,
        Func<MitigationOptions, Mitigation> create,
        Func<MitigationOptions> defaults,
        Func<ModelReader, Reranker>? readReranker)
    {
        Name = name;
        Summary = summary;
        Stage = stage;
        OptionsType = optionsType;
        Tasks = tasks;
        _create = create;
        CreateDefaultOptions = defaults;
        ReadReranker = readReranker;
    }

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

    /// <summary>Reads a fitted re-ranker of this mitigation; null where it is none.</summary>
    public Func<ModelReader, Reranker>? ReadReranker { get; }

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

    /// <summary>Describes a mitigation.</summary>
    /// <typeparam name="TOptions">Its options record.</typeparam>
    /// <param name="name">Its name, in kebab-case.</param>
    /// <param name="summary">One sentence on what it does.</param>
    /// <param name="tasks">The tasks it can be used for.</param>
    /// <param name="create">Makes it from options.</param>
    /// <param name="stage">Where it acts.</param>
    /// <param name="readReranker">Reads a fitted re-ranker: what its <see cref="Reranker.Write"/> wrote. Null where the
    /// mitigation is none.</param>
    public static MitigationDescriptor Of<TOptions>(
        string name,
        string summary,
        IReadOnlyList<TaskKind> tasks,
        Func<TOptions, Mitigation> create,
        MitigationStage stage,
        Func<ModelReader, Reranker>? readReranker = null)
        where TOptions : MitigationOptions, new() =>
        new(
            name,
            summary,
            stage,
            typeof(TOptions),
            tasks,
            o => create((TOptions)o),
            () => new TOptions(),
            readReranker);
}
