using Evenhand.Learning.Classes;
using Evenhand.Learning.Mitigations.In.AdversarialDebiasing;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Fairness;

/// <summary>The loss of an adversary that predicts the group from the vector of a text; in the encoder its gradient is
/// reversed.</summary>
/// <remarks>
/// <para>See <see cref="AdversarialDebiasing"/>. The adversary has one hidden layer as wide as the vector, with ReLU,
/// and learns with the network, at the same rate. Rows of unknown group do not take part.</para>
/// <para>Outside of training the term is the weight times what the adversary knows of the group, in nats: the entropy
/// of the groups (given the label, where it sees that) less its cross entropy, and at least 0. That is a lower bound of
/// the information that the vector has on the group.</para>
/// </remarks>
internal sealed class AdversarialDebiasingTerm : nn.Module, ILossTerm
{
    private readonly AdversarialDebiasing _mitigation;
    private readonly LabelKind _kind;
    private readonly int _scores;
    private readonly double _entropy;
    private readonly long _passes;
    private readonly nn.Module<Tensor, Tensor> hidden;
    private readonly nn.Module<Tensor, Tensor> head;
    private readonly Tensor done;

    /// <param name="mitigation">Weight, and what the adversary sees.</param>
    /// <param name="classes">The classes of the texts.</param>
    /// <param name="width">Width of a text's vector.</param>
    /// <param name="groups">Number of groups.</param>
    /// <param name="entropy">Entropy of the groups, in nats.</param>
    /// <param name="passes">Number of passes of the whole training.</param>
    /// <param name="weights">Draws the weights of the adversary.</param>
    /// <param name="device">Where it is to be.</param>
    public AdversarialDebiasingTerm(
        AdversarialDebiasing mitigation,
        LabelClasses classes,
        int width,
        int groups,
        double entropy,
        long passes,
        WeightInitializer weights,
        Device device)
        : base(nameof(AdversarialDebiasingTerm))
    {
        _mitigation = mitigation;
        _kind = classes.Kind;
        _scores = classes.ScoreCount;
        _entropy = entropy;
        _passes = passes;
        hidden = weights.Linear(width + (mitigation.ConditionOnLabel ? _scores : 0), width).to(device);
        head = weights.Linear(width, groups).to(device);
        done = zeros(1, ScalarType.Float64);
        RegisterComponents();
    }

    /// <summary>The factor of the reversed gradient in the next pass.</summary>
    public double Lambda
    {
        get
        {
            var progress = Math.Min(1, done.item<double>() / _passes);
            return _mitigation.Weight * ((2 / (1 + Math.Exp(-10 * progress))) - 1);
        }
    }

    public Tensor Of(ForwardPass pass)
    {
        var batch = pass.Batch;
        var vectors = GradientReversal.Of(pass.Pooled.to(ScalarType.Float32), training ? Lambda : 0);
        var seen = _mitigation.ConditionOnLabel ? cat([vectors, Labels(batch.Targets!)], 1) : vectors;
        var guesses = head.call(hidden.call(seen).relu());
        var losses = nn.functional.cross_entropy(
            guesses, batch.Groups!.AtLeast(0), reduction: nn.Reduction.None);
        var weights = batch.Weights * batch.Groups!.IsAtLeast(0);
        var loss = (losses * weights).sum() / weights.sum().AtLeast(1e-30);
        if (!training)
        {
            return (-loss).Plus(_entropy).AtLeast(0).Times(_mitigation.Weight);
        }

        using var _ = no_grad();
        done.AddInPlace(1);
        return loss;
    }

    private Tensor Labels(Tensor targets) => _kind == LabelKind.Multiclass
        ? nn.functional.one_hot(targets, _scores).to(ScalarType.Float32)
        : targets;
}
