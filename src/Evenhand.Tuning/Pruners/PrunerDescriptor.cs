using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;

namespace Evenhand.Tuning.Pruners;

/// <summary>What a <see cref="Registry"/> knows of a pruner.</summary>
public sealed class PrunerDescriptor : IRegistryEntry
{
    private readonly Func<YamlElement?, YamlProblems, Func<Pruner>?> _read;

    private PrunerDescriptor(
        string name, string summary, Type? optionsType, Func<YamlElement?, YamlProblems, Func<Pruner>?> read)
    {
        Name = name;
        Summary = summary;
        OptionsType = optionsType;
        _read = read;
    }

    /// <inheritdoc/>
    public static string Kind => "pruner";

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>One sentence on what it does.</summary>
    public string Summary { get; }

    /// <summary>Its options record; null where it has no options.</summary>
    public Type? OptionsType { get; }

    /// <summary>Stands for a pruner of an assembly that is not loaded, so that what it has left can be read; its
    /// options are passed over.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="assembly">Where it comes from.</param>
    public static PrunerDescriptor Unavailable(string name, string assembly) =>
        new(name, $"Comes from {assembly}, which is not loaded.", null, (_, _) => () => throw new InputException(
            $"The pruner '{name}' comes from {assembly}, which is not loaded."));

    /// <summary>Describes a pruner without options.</summary>
    /// <param name="name">Name that users type, in kebab-case.</param>
    /// <param name="summary">One sentence on what it does.</param>
    /// <param name="create">Makes the pruner.</param>
    public static PrunerDescriptor Of(string name, string summary, Func<Pruner> create) =>
        new(name, summary, null, (options, problems) =>
        {
            if (options is { IsNull: false, Entries: not [] } or { Kind: YamlKind.List or YamlKind.Scalar, IsNull: false })
            {
                problems.Add(options, $"the {name} pruner has no options");
            }

            return create;
        });

    /// <summary>Describes a pruner with options.</summary>
    /// <typeparam name="TOptions">Its options record, whose annotations are checked.</typeparam>
    /// <param name="name">Name that users type, in kebab-case.</param>
    /// <param name="summary">One sentence on what it does.</param>
    /// <param name="create">Makes the pruner from its options.</param>
    public static PrunerDescriptor Of<TOptions>(string name, string summary, Func<TOptions, Pruner> create)
        where TOptions : class, new() =>
        new(name, summary, typeof(TOptions), (options, problems) =>
            (options is null or { IsNull: true } ? new TOptions() : YamlBinder.Bind<TOptions>(options, problems))
                is { } bound
                ? () => create(bound)
                : null);

    /// <summary>Reads the pruner's options.</summary>
    /// <param name="options">The node of the options; null for the defaults.</param>
    /// <param name="problems">Takes everything that is wrong with it.</param>
    /// <returns>Makes the pruner; null where a problem was added.</returns>
    public Func<Pruner>? Read(YamlElement? options, YamlProblems problems) => _read(options, problems);
}
