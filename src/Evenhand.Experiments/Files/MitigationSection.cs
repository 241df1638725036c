using Evenhand.Learning.Mitigations;

namespace Evenhand.Experiments.Files;

/// <summary>
/// Means against unfairness, by the stage at which they act. In each stage the tuner chooses one of the list, or
/// <c>none</c>, which is always among the choices.
/// </summary>
public sealed record MitigationSection
{
    /// <summary>On the training rows, before the learner sees them.</summary>
    /// <value>none</value>
    public IReadOnlyList<MitigationEntry> Pre { get; init; } = [];

    /// <summary>In the learner's own loss or sampling; each learner chooses among those that it knows.</summary>
    /// <value>none</value>
    public IReadOnlyList<MitigationEntry> In { get; init; } = [];

    /// <summary>On what the fitted model predicts.</summary>
    /// <value>none</value>
    public IReadOnlyList<MitigationEntry> Post { get; init; } = [];

    /// <summary>All entries with their stages.</summary>
    public IEnumerable<(MitigationStage Stage, MitigationEntry Entry)> All =>
    [
        .. Pre.Select(entry => (MitigationStage.Pre, entry)),
        .. In.Select(entry => (MitigationStage.In, entry)),
        .. Post.Select(entry => (MitigationStage.Post, entry)),
    ];
}
