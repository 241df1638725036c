using Evenhand.Learning.Classes;

namespace Evenhand.Learning.Tabular.LinearClassification;

/// <summary>Options of <see cref="LinearClassificationLearner"/>.</summary>
public sealed record LinearClassificationOptions : LinearModelOptions
{
    /// <summary>How the classes weigh.</summary>
    /// <value>None</value>
    public ClassWeighting ClassWeights { get; init; } = ClassWeighting.None;

    private protected override ClassWeighting Weighting => ClassWeights;
}
