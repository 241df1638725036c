using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Torch.Transformer;

namespace Evenhand.Torch.Robustness;

/// <summary>An attack by which <see cref="RobustAccuracy"/> is measured.</summary>
public sealed record EmbeddingAttackOptions : OptionsRecord
{
    /// <summary>How perturbations are measured.</summary>
    /// <value>L2</value>
    public PerturbationNorm Norm { get; init; } = PerturbationNorm.L2;

    /// <summary>Largest perturbation of a text, against the size of its word vectors.</summary>
    /// <value>0.1</value>
    [Range(0.0, 10.0)]
    public double Epsilon { get; init; } = 0.1;

    /// <summary>Steps of the attack.</summary>
    /// <value>10</value>
    [Range(1, 10_000)]
    public int Steps { get; init; } = 10;

    /// <summary>Length of a step, against the largest perturbation.</summary>
    /// <value>0.25</value>
    [Range(1e-6, 2.0)]
    public double StepSize { get; init; } = 0.25;
}
