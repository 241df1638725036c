using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Tuning.Parts;

namespace Evenhand.Experiments.Files;

/// <summary>A sampler or a pruner as a file names it: its name, or the name with its options.</summary>
/// <typeparam name="TPart">Which of them.</typeparam>
/// <param name="Name">Its name.</param>
/// <param name="Create">Makes it.</param>
internal sealed record NamedStudyPart<TPart>(string Name, Func<TPart> Create)
    where TPart : class, IStudyPart
{
    /// <summary>What may be named.</summary>
    public static IEnumerable<NamedChoice> Choices(Registry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry.All<StudyPartDescriptor<TPart>>()
            .Select(part => new NamedChoice(part.Name, part.Summary, part.OptionsType));
    }

    /// <summary>Reads one; null where a problem was added.</summary>
    public static NamedStudyPart<TPart>? FromYaml(YamlElement element, YamlProblems problems)
    {
        ArgumentNullException.ThrowIfNull(element);
        ArgumentNullException.ThrowIfNull(problems);
        if (ChosenName.Of(element) is not { } chosen)
        {
            problems.AddExpected(element, $"a {TPart.Kind}'s name, or one name with its options");
            return null;
        }

        if (problems.Registry.Find<StudyPartDescriptor<TPart>>(chosen.Name) is not { } found)
        {
            var hint = NearestName.Hint(chosen.Name, problems.Registry.Names<StudyPartDescriptor<TPart>>());
            problems.Add(chosen.Place, $"there is no {TPart.Kind} '{chosen.Name}'.{hint}");
            return null;
        }

        return found.Read(chosen.Options, problems) is { } create ? new(chosen.Name, create) : null;
    }
}
