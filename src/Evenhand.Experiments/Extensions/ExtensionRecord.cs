using Evenhand.Configuration;
using Evenhand.Learning;
using Evenhand.Learning.Mitigations;
using Evenhand.Metrics;
using Evenhand.Tuning.Parts;
using Evenhand.Tuning.Pruners;
using Evenhand.Tuning.Samplers;

namespace Evenhand.Experiments.Extensions;

/// <summary>An assembly that an experiment names under <c>extensions</c>: where it lay, what it was, and what it
/// added.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of its file.</param>
public sealed record ExtensionRecord(string Path, string Sha256)
{
    /// <summary>Names of its learners.</summary>
    public IReadOnlyList<string> Learners { get; init; } = [];

    /// <summary>Names of its mitigations, with where they act.</summary>
    public IReadOnlyDictionary<string, MitigationStage> Mitigations { get; init; } =
        new Dictionary<string, MitigationStage>();

    /// <summary>Its metrics.</summary>
    public IReadOnlyList<RecordedMetric> Metrics { get; init; } = [];

    /// <summary>Names of its samplers.</summary>
    public IReadOnlyList<string> Samplers { get => field ?? []; init; } = [];

    /// <summary>Names of its pruners.</summary>
    public IReadOnlyList<string> Pruners { get => field ?? []; init; } = [];

    /// <summary>What an assembly has added to a registry.</summary>
    /// <param name="path">Full path of the assembly.</param>
    /// <param name="sha256">SHA-256 of its file.</param>
    /// <param name="before">The registry without it.</param>
    /// <param name="after">The registry with it.</param>
    internal static ExtensionRecord Of(string path, string sha256, Registry before, Registry after) =>
        new(path, sha256)
        {
            Learners = [.. after.Names<LearnerDescriptor>().Except(before.Names<LearnerDescriptor>())],
            Mitigations = after.All<MitigationDescriptor>().Except(before.All<MitigationDescriptor>())
                .ToDictionary(mitigation => mitigation.Name, mitigation => mitigation.Stage),
            Samplers = [.. after.Names<StudyPartDescriptor<Sampler>>().Except(before.Names<StudyPartDescriptor<Sampler>>())],
            Pruners = [.. after.Names<StudyPartDescriptor<Pruner>>().Except(before.Names<StudyPartDescriptor<Pruner>>())],
            Metrics = [.. after.All<Metric>().Except(before.All<Metric>()).Select(RecordedMetric.Of)],
        };

    /// <summary>Adds what is known of its entries, so that a study that used them can be read without the
    /// assembly.</summary>
    /// <param name="registry">Takes them.</param>
    internal void AddUnavailable(Registry registry)
    {
        registry.Add(Learners.Select(name => LearnerDescriptor.Unavailable(name, Path)));
        registry.Add(Mitigations.Select(m => MitigationDescriptor.Unavailable(m.Key, m.Value, Path)));
        registry.Add(Samplers.Select(name => StudyPartDescriptor<Sampler>.Unavailable(name, Path)));
        registry.Add(Pruners.Select(name => StudyPartDescriptor<Pruner>.Unavailable(name, Path)));
        registry.Add(Metrics.Select(metric => metric.ToMetric()));
    }
}
