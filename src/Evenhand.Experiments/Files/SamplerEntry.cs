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
        if (ChosenName.Of(element) is not { } chosen)
        {
            problems.AddExpected(element, "a sampler's name, or one name with its options");
            return null;
        }

        if (problems.Registry.Find<SamplerDescriptor>(chosen.Name) is not { } found)
        {
            var hint = NearestName.Hint(chosen.Name, problems.Registry.Names<SamplerDescriptor>());
            problems.Add(chosen.Place, $"there is no sampler '{chosen.Name}'.{hint}");
            return null;
        }

        return found.Read(chosen.Options, problems) is { } create ? new SamplerEntry(chosen.Name, create) : null;
    }

    /// <summary>A sampler with these options.</summary>
    public Sampler Create() => _create();
}
