using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;

namespace Evenhand.Tuning.Samplers;

/// <summary>What a <see cref="Registry"/> knows of a sampler.</summary>
public sealed class SamplerDescriptor : IRegistryEntry
{
    private readonly Func<YamlElement?, YamlProblems, Func<Sampler>?> _read;

    private SamplerDescriptor(
        string name, string summary, Type? optionsType, Func<YamlElement?, YamlProblems, Func<Sampler>?> read)
    {
        Name = name;
        Summary = summary;
        OptionsType = optionsType;
        _read = read;
    }

    /// <inheritdoc/>
    public static string Kind => "sampler";

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>One sentence on what it does.</summary>
    public string Summary { get; }

    /// <summary>Its options record; null where it has no options.</summary>
    public Type? OptionsType { get; }

    /// <summary>Stands for a sampler of an assembly that is not loaded, so that what it has left can be read; its
    /// options are passed over.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="assembly">Where it comes from.</param>
    public static SamplerDescriptor Unavailable(string name, string assembly) =>
        new(name, $"Comes from {assembly}, which is not loaded.", null, (_, _) => () => throw new InputException(
            $"The sampler '{name}' comes from {assembly}, which is not loaded."));

    /// <summary>Describes a sampler without options.</summary>
    /// <param name="name">Name that users type, in kebab-case.</param>
    /// <param name="summary">One sentence on what it does.</param>
    /// <param name="create">Makes the sampler.</param>
    public static SamplerDescriptor Of(string name, string summary, Func<Sampler> create) =>
        new(name, summary, null, (options, problems) =>
        {
            if (options is { IsNull: false, Entries: not [] } or { Kind: YamlKind.List or YamlKind.Scalar, IsNull: false })
            {
                problems.Add(options, $"the {name} sampler has no options");
            }

            return create;
        });

    /// <summary>Describes a sampler with options.</summary>
    /// <typeparam name="TOptions">Its options record, whose annotations are checked.</typeparam>
    /// <param name="name">Name that users type, in kebab-case.</param>
    /// <param name="summary">One sentence on what it does.</param>
    /// <param name="create">Makes the sampler from its options.</param>
    public static SamplerDescriptor Of<TOptions>(string name, string summary, Func<TOptions, Sampler> create)
        where TOptions : class, new() =>
        new(name, summary, typeof(TOptions), (options, problems) =>
            (options is null or { IsNull: true } ? new TOptions() : YamlBinder.Bind<TOptions>(options, problems))
                is { } bound
                ? () => create(bound)
                : null);

    /// <summary>Reads the sampler's options.</summary>
    /// <param name="options">The node of the options; null for the defaults.</param>
    /// <param name="problems">Takes everything that is wrong with it.</param>
    /// <returns>Makes the sampler; null where a problem was added.</returns>
    public Func<Sampler>? Read(YamlElement? options, YamlProblems problems) => _read(options, problems);
}
