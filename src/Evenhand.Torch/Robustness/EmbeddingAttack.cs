using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using static TorchSharp.torch;

namespace Evenhand.Torch.Robustness;

/// <summary>Searches, within a ball around the word vectors of each text, for a perturbation that raises its
/// loss.</summary>
/// <remarks>Projected gradient descent on the negative loss (Madry et al. 2018, section 2.1), from the text as it is.
/// The losses of a batch are summed, so no text depends on the others.</remarks>
/// <param name="Norm">How perturbations are measured.</param>
/// <param name="Epsilon">Their largest size, against the word vectors of the text.</param>
/// <param name="Steps">Number of steps.</param>
/// <param name="StepSize">Length of a step, in radii of the ball.</param>
/// <param name="FixedTokens">Tokens that are never moved.</param>
internal sealed record EmbeddingAttack(
    PerturbationNorm Norm, double Epsilon, int Steps, double StepSize, IReadOnlyList<int> FixedTokens)
{
    /// <summary>The ball around a batch's word vectors.</summary>
    public PerturbationBall Ball(TokenBatch batch, Tensor words) =>
        new(words, PerturbationBall.Movable(batch, FixedTokens), Norm, Epsilon);

    /// <summary>The perturbation after the last step, [batch, length, hidden], without history.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="words">Its word vectors.</param>
    /// <param name="loss">The loss of a pass from moved word vectors: a scalar.</param>
    public Tensor Run(TokenBatch batch, Tensor words, Func<Tensor, Tensor> loss)
    {
        using var scope = NewDisposeScope();
        var start = words.detach();
        var ball = Ball(batch, start);
        var perturbation = zeros_like(start);
        for (var step = 0; step < Steps; step++)
        {
            using var inner = NewDisposeScope();
            perturbation.requires_grad_();
            var gradient = autograd.grad([loss(start.Plus(perturbation))], [perturbation])[0];
            perturbation = ball.Ascend(perturbation.detach(), gradient, StepSize).MoveToOuterDisposeScope();
        }

        return perturbation.MoveToOuterDisposeScope();
    }
}
