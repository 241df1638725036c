using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;

namespace Evenhand.Tuning.Parts;

/// <summary>What a <see cref="Registry"/> knows of a part of a study: a sampler or a pruner.</summary>
/// <typeparam name="TPart">Which part.</typeparam>
public sealed class StudyPartDescriptor<TPart> : IRegistryEntry
    where TPart : class, IStudyPart
{
    private readonly Func<YamlElement?, YamlProblems, Func<TPart>?> _read;

    private StudyPartDescriptor(
        string name, string summary, Type? optionsType, Func<YamlElement?, YamlProblems, Func<TPart>?> read)
    {
        Name = name;
        Summary = summary;
        OptionsType = optionsType;
        _read = read;
    }

    /// <inheritdoc/>
    public static string Kind => TPart.Kind;

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>One sentence on what it does.</summary>
    public string Summary { get; }

    /// <summary>Its options record; null where it has no options.</summary>
    public Type? OptionsType { get; }

    /// <summary>Stands for one of an assembly that is not loaded, so that what it has left can be read; its options are
    /// passed over.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="assembly">Where it comes from.</param>
    public static StudyPartDescriptor<TPart> Unavailable(string name, string assembly) =>
        new(name, $"Comes from {assembly}, which is not loaded.", null, (_, _) => () => throw new InputException(
            $"The {Kind} '{name}' comes from {assembly}, which is not loaded."));

    /// <summary>Describes one without options.</summary>
    /// <param name="name">Name that users type, in kebab-case.</param>
    /// <param name="summary">One sentence on what it does.</param>
    /// <param name="create">Makes it.</param>
    public static StudyPartDescriptor<TPart> Of(string name, string summary, Func<TPart> create) =>
        new(name, summary, null, (options, problems) =>
        {
            if (options is { IsNull: false } and ({ Entries: not [] } or { Kind: YamlKind.List or YamlKind.Scalar }))
            {
                problems.Add(options, $"the {name} {Kind} has no options");
            }

            return create;
        });

    /// <summary>Describes one with options.</summary>
    /// <typeparam name="TOptions">Its options record, whose annotations are checked.</typeparam>
    /// <param name="name">Name that users type, in kebab-case.</param>
    /// <param name="summary">One sentence on what it does.</param>
    /// <param name="create">Makes it from its options.</param>
    public static StudyPartDescriptor<TPart> Of<TOptions>(string name, string summary, Func<TOptions, TPart> create)
        where TOptions : class, new() =>
        new(name, summary, typeof(TOptions), (options, problems) =>
            (options is null or { IsNull: true } ? new TOptions() : YamlBinder.Bind<TOptions>(options, problems))
                is { } bound
                ? () => create(bound)
                : null);

    /// <summary>Reads the options.</summary>
    /// <param name="options">The node of the options; null for the defaults.</param>
    /// <param name="problems">Takes everything that is wrong with it.</param>
    /// <returns>Makes the part; null where a problem was added.</returns>
    public Func<TPart>? Read(YamlElement? options, YamlProblems problems) => _read(options, problems);
}
