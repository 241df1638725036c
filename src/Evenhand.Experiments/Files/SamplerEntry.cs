using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Tuning.Samplers;

namespace Evenhand.Experiments.Files;

/// <summary>The sampler of an experiment: its name, or the name with its options: <c>tpe: { startupTrials: 20
/// }</c>.</summary>
public sealed record SamplerEntry : IYamlBound<SamplerEntry>, INamedEntry
{
    private readonly NamedStudyPart<Sampler> _part;

    private SamplerEntry(NamedStudyPart<Sampler> part) => _part = part;

    /// <summary>The tree-structured Parzen estimator with its default options.</summary>
    public static SamplerEntry Default { get; } =
        new(new NamedStudyPart<Sampler>(TpeSampler.Descriptor.Name, () => new TpeSampler(new TpeOptions())));

    /// <summary>Name of the sampler.</summary>
    public string Name => _part.Name;

    /// <inheritdoc/>
    public static IEnumerable<NamedChoice> Choices(Registry registry) => NamedStudyPart<Sampler>.Choices(registry);

    /// <inheritdoc/>
    public static SamplerEntry? FromYaml(YamlElement element, YamlProblems problems) =>
        NamedStudyPart<Sampler>.FromYaml(element, problems) is { } part ? new SamplerEntry(part) : null;

    /// <summary>A sampler with these options.</summary>
    public Sampler Create() => _part.Create();
}
