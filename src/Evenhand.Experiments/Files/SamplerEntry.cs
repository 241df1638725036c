using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Tuning.Samplers;

namespace Evenhand.Experiments.Files;

/// <summary>The sampler of an experiment: its name, or the name with its options: <c>tpe: { startupTrials: 20
/// }</c>.</summary>
public sealed record SamplerEntry : IYamlBound<SamplerEntry>, INamedEntry
{
    private readonly Func<Sampler> _create;

    private SamplerEntry(string name, Func<Sampler> create)
    {
        Name = name;
        _create = create;
    }

    /// <summary>The tree-structured Parzen estimator with its default options.</summary>
    public static SamplerEntry Default { get; } = new(TpeSampler.Descriptor.Name, () => new TpeSampler(new TpeOptions()));

    /// <summary>Name of the sampler.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public static IEnumerable<NamedChoice> Choices(Registry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry.All<SamplerDescriptor>()
            .Select(sampler => new NamedChoice(sampler.Name, sampler.Summary, sampler.OptionsType));
    }

    /// <inheritdoc/>
    public static SamplerEntry? FromYaml(YamlElement element, YamlProblems problems)
    {
        ArgumentNullException.ThrowIfNull(element);
        ArgumentNullException.ThrowIfNull(problems);
        var (name, place, options) = element switch
        {
            { Kind: YamlKind.Scalar } => (element.Text, element.Place, null),
            { Kind: YamlKind.Mapping, Entries: [var entry] } => (entry.Key, entry.Place, entry.Value),
            _ => (null, element.Place, (YamlElement?)null),
        };
        if (name is null)
        {
            problems.AddExpected(element, "a sampler's name, or one name with its options");
            return null;
        }

        if (problems.Registry.Find<SamplerDescriptor>(name) is not { } found)
        {
            var names = problems.Registry.Names<SamplerDescriptor>();
            problems.Add(place, $"there is no sampler '{name}'.{NearestName.Hint(name, names)}");
            return null;
        }

        return found.Read(options, problems) is { } create ? new SamplerEntry(name, create) : null;
    }

    /// <summary>A sampler with these options.</summary>
    public Sampler Create() => _create();
}
