using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Torch.Robustness;

/// <summary>The adversary of a training.</summary>
public sealed record AdversaryOptions : OptionsRecord
{
    /// <summary>How it goes about it.</summary>
    /// <value>None</value>
    [FormerName("adversary")]
    public AdversaryKind Kind { get; init; } = AdversaryKind.None;

    /// <summary>How the size of a perturbation is measured.</summary>
    /// <value>L2</value>
    [FormerName("adversarialNorm")]
    [Unless(nameof(Kind), AdversaryKind.None)]
    public PerturbationNorm Norm { get; init; } = PerturbationNorm.L2;

    /// <summary>Largest perturbation of a text: with L2 its length against that of all word vectors of the text
    /// together, with l-infinity its largest element against their root mean square.</summary>
    /// <value>0.1</value>
    [FormerName("adversarialEpsilon")]
    [Unless(nameof(Kind), AdversaryKind.None)]
    [Range(0.0, 10.0)]
    [SearchRange(0.01, 0.5, Log = true)]
    public double Epsilon { get; init; } = 0.1;

    /// <summary>Steps of pgd, and passes of free.</summary>
    /// <value>3</value>
    [FormerName("adversarialSteps")]
    [When(nameof(Kind), AdversaryKind.Pgd, AdversaryKind.Free)]
    [Range(1, 100)]
    [SearchRange(2, 5)]
    public int Steps { get; init; } = 3;

    /// <summary>Length of a step, against the largest perturbation.</summary>
    /// <value>0.5</value>
    [FormerName("adversarialStepSize")]
    [When(nameof(Kind), AdversaryKind.Pgd, AdversaryKind.Free)]
    [Range(0.001, 2.0)]
    [SearchRange(0.1, 1.0)]
    public double StepSize { get; init; } = 0.5;

    /// <summary>Weight of the loss of perturbed texts against that of the texts as they are.</summary>
    /// <value>0.5</value>
    [FormerName("adversarialWeight")]
    [When(nameof(Kind), AdversaryKind.Fgm, AdversaryKind.Pgd)]
    [Range(0.0, 1.0)]
    [SearchRange(0.2, 1.0)]
    public double Weight { get; init; } = 0.5;

    /// <summary>Passes of a batch that are learned from.</summary>
    internal int PassesPerBatch => Kind switch
    {
        AdversaryKind.None => 1,
        AdversaryKind.Free => Steps,
        _ => Weight < 1 ? 2 : 1,
    };

    /// <summary>The attack.</summary>
    /// <param name="fixedTokens">Tokens that are never moved.</param>
    internal EmbeddingAttack Attack(IReadOnlyList<int> fixedTokens) => Kind == AdversaryKind.Fgm
        ? new EmbeddingAttack(Norm, Epsilon, 1, 1, fixedTokens)
        : new EmbeddingAttack(Norm, Epsilon, Steps, StepSize, fixedTokens);
}
