using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Tuning.Samplers;

namespace Evenhand.Experiments.Files;

/// <summary>The sampler of an experiment: its name, or the name with its options: <c>tpe: { startupTrials: 20
/// }</c>.</summary>
public sealed record SamplerEntry : IYamlBound<SamplerEntry>
{
    private readonly Func<Sampler> _create;

    private SamplerEntry(string name, object? options, Func<Sampler> create)
    {
        Name = name;
        Options = options;
        _create = create;
    }

    /// <summary>The tree-structured Parzen estimator with its default options.</summary>
    public static SamplerEntry Default { get; } = Tpe(new TpeOptions());

    /// <summary>Names of the samplers, with one sentence on each, and their options records.</summary>
    public static IReadOnlyList<(string Name, string Summary, Type? Options)> Samplers { get; } =
    [
        ("tpe", "Tree-structured Parzen estimator: tries more of what did well so far.", typeof(TpeOptions)),
        ("random", "Draws every option independently, whatever came out before.", null),
    ];

    /// <summary>Name of the sampler.</summary>
    public string Name { get; }

    /// <summary>Its options record; null where it has none.</summary>
    public object? Options { get; }

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
        switch (name)
        {
            case null:
                problems.AddExpected(element, "a sampler's name, or one name with its options");
                return null;
            case "random":
                if (options is { IsNull: false, Entries: not [] } or { Kind: YamlKind.List or YamlKind.Scalar })
                {
                    problems.Add(options, "the random sampler has no options");
                }

                return new SamplerEntry(name, null, () => new RandomSampler());
            case "tpe":
                var bound = options is null or { IsNull: true }
                    ? new TpeOptions()
                    : YamlBinder.Bind<TpeOptions>(options, problems);
                return bound is null ? null : Tpe(bound);
            default:
                string[] names = [.. Samplers.Select(sampler => sampler.Name)];
                problems.Add(place, $"there is no sampler '{name}'.{NearestName.Hint(name, names)}");
                return null;
        }
    }

    /// <summary>A sampler with these options.</summary>
    public Sampler Create() => _create();

    private static SamplerEntry Tpe(TpeOptions options) => new("tpe", options, () => new TpeSampler(options));
}
