using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Tuning.Pruners;

namespace Evenhand.Experiments.Files;

/// <summary>The pruner of an experiment: its name, or the name with its options: <c>median: { startupTrials: 10
/// }</c>.</summary>
public sealed record PrunerEntry : IYamlBound<PrunerEntry>, INamedEntry
{
    private readonly Func<Pruner> _create;

    private PrunerEntry(string name, Func<Pruner> create)
    {
        Name = name;
        _create = create;
    }

    /// <summary>Name of the pruner.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public static IEnumerable<NamedChoice> Choices(Registry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry.All<PrunerDescriptor>()
            .Select(pruner => new NamedChoice(pruner.Name, pruner.Summary, pruner.OptionsType));
    }

    /// <inheritdoc/>
    public static PrunerEntry? FromYaml(YamlElement element, YamlProblems problems)
    {
        ArgumentNullException.ThrowIfNull(element);
        ArgumentNullException.ThrowIfNull(problems);
        if (ChosenName.Of(element) is not { } chosen)
        {
            problems.AddExpected(element, "a pruner's name, or one name with its options");
            return null;
        }

        if (problems.Registry.Find<PrunerDescriptor>(chosen.Name) is not { } found)
        {
            var hint = NearestName.Hint(chosen.Name, problems.Registry.Names<PrunerDescriptor>());
            problems.Add(chosen.Place, $"there is no pruner '{chosen.Name}'.{hint}");
            return null;
        }

        return found.Read(chosen.Options, problems) is { } create ? new PrunerEntry(chosen.Name, create) : null;
    }

    /// <summary>A pruner with these options.</summary>
    public Pruner Create() => _create();
}
