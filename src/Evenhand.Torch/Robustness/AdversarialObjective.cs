using Evenhand.Torch.Encoders;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Robustness;

/// <summary>Trains a classifier on texts and on what an adversary makes of them.</summary>
/// <remarks>
/// <para>The loss of a batch is <c>(1 - weight) L(x) + weight L(x + d)</c> (Goodfellow, Shlens, Szegedy 2015, section
/// 6), with d the perturbation of the word vectors x that <see cref="EmbeddingAttack"/> finds. The attack follows the
/// classification loss; L has all terms, so a mitigation sees each pass that is learned from. All passes of a batch
/// drop out the same elements: what the adversary changes is not hidden by chance.</para>
/// <para>Free adversarial training has no attack of its own: each of its passes adds its gradient to the network's, in
/// equal parts, and moves the perturbation for the next one. The first pass is that of the text as it is.</para>
/// <para>The loss outside of training is that of the texts as they are.</para>
/// </remarks>
/// <param name="inner">The training of the classifier.</param>
/// <param name="classification">The loss that the adversary raises.</param>
/// <param name="adversary">How it goes about it.</param>
/// <param name="attack">Ball and steps.</param>
/// <param name="weight">Weight of the loss of perturbed texts, in [0, 1].</param>
/// <param name="random">Draws the masks of dropout.</param>
internal sealed class AdversarialObjective(
    ClassificationObjective inner,
    ClassificationLoss classification,
    AdversaryKind adversary,
    EmbeddingAttack attack,
    double weight,
    DropoutRandom random) : ITrainingObjective
{
    public nn.Module Module => inner.Module;

    public Tensor Loss(TokenBatch batch) => inner.Loss(batch);

    public Tensor Accumulate(TokenBatch batch, double share)
    {
        using var scope = NewDisposeScope();
        if (adversary == AdversaryKind.Free)
        {
            return AccumulateFree(batch, share).MoveToOuterDisposeScope();
        }

        using var words = inner.Words(batch).detach();
        var perturbation = attack.Run(batch, words, moved =>
        {
            SeedDropout(batch);
            return classification.OfRows(inner.Pass(batch, moved)).sum();
        });
        var loss = zeros(1, ScalarType.Float32).to(words.device).sum();
        if (weight < 1)
        {
            loss = loss.Plus(Backward(batch, null, 1 - weight, share));
        }

        return loss.Plus(Backward(batch, perturbation, weight, share)).MoveToOuterDisposeScope();
    }

    private Tensor AccumulateFree(TokenBatch batch, double share)
    {
        var words = inner.Words(batch).detach();
        var ball = attack.Ball(batch, words);
        var perturbation = zeros_like(words);
        var loss = zeros(1, ScalarType.Float32).to(words.device).sum();
        for (var pass = 0; pass < attack.Steps; pass++)
        {
            perturbation.requires_grad_();
            loss = loss.Plus(Backward(batch, perturbation, 1.0 / attack.Steps, share));
            perturbation = ball.Ascend(perturbation.detach(), perturbation.grad!, attack.StepSize);
        }

        return loss;
    }

    // Adds the gradients of a pass, and returns its part of the batch's loss.
    private Tensor Backward(TokenBatch batch, Tensor? perturbation, double part, double share)
    {
        using var scope = NewDisposeScope();
        SeedDropout(batch);
        var words = inner.Words(batch);
        var loss = inner.Loss(inner.Pass(batch, perturbation is null ? words : words.Plus(perturbation))).Times(part);
        loss.Times(share).backward();
        return loss.detach().MoveToOuterDisposeScope();
    }

    private void SeedDropout(TokenBatch batch)
    {
        if (batch.Seeds is { } seeds)
        {
            random.Seed(seeds.Fork("dropout"));
        }
    }
}
