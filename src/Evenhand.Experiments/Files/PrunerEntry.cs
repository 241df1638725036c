using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Tuning.Pruners;

namespace Evenhand.Experiments.Files;

/// <summary>The pruner of an experiment: its name, or the name with its options: <c>median: { startupTrials: 10
/// }</c>.</summary>
public sealed record PrunerEntry : IYamlBound<PrunerEntry>, INamedEntry
{
    private readonly NamedStudyPart<Pruner> _part;

    private PrunerEntry(NamedStudyPart<Pruner> part) => _part = part;

    /// <summary>Name of the pruner.</summary>
    public string Name => _part.Name;

    /// <inheritdoc/>
    public static IEnumerable<NamedChoice> Choices(Registry registry) => NamedStudyPart<Pruner>.Choices(registry);

    /// <inheritdoc/>
    public static PrunerEntry? FromYaml(YamlElement element, YamlProblems problems) =>
        NamedStudyPart<Pruner>.FromYaml(element, problems) is { } part ? new PrunerEntry(part) : null;

    /// <summary>A pruner with these options.</summary>
    public Pruner Create() => _part.Create();
}
