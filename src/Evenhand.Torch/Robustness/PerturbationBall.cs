using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using static TorchSharp.torch;

namespace Evenhand.Torch.Robustness;

/// <summary>The perturbations of the word vectors of a batch that are allowed: for each text those not longer than a
/// share of its own word vectors.</summary>
/// <remarks>
/// <para>With the norm L2 the radius of a text is epsilon times the length of all its word vectors together; with
/// LInfinity it is epsilon times the root mean square of their elements. So epsilon means the same for short and long
/// texts, and a network does not become robust by growing its word vectors, against which Miyato et al. 2017 normalize
/// them.</para>
/// <para>Only words move: not the tokens at the ends of a text, nor those that fill it.</para>
/// </remarks>
internal sealed class PerturbationBall
{
    private readonly PerturbationNorm _norm;
    private readonly Tensor _movable;
    private readonly Tensor _radius;

    /// <param name="words">The word vectors, [batch, length, hidden].</param>
    /// <param name="movable">1 for tokens that may move, else 0, [batch, length].</param>
    /// <param name="norm">The norm.</param>
    /// <param name="epsilon">The share.</param>
    public PerturbationBall(Tensor words, Tensor movable, PerturbationNorm norm, double epsilon)
    {
        _norm = norm;
        _movable = movable.unsqueeze(-1);
        var squares = SquaresOf(words.detach() * _movable);
        _radius = (norm == PerturbationNorm.L2
            ? squares
            : squares / _movable.sum([1, 2], keepdim: true).Times(words.shape[2]).AtLeast(1)).sqrt().Times(epsilon);
    }

    /// <summary>The radius of each text, [batch, 1, 1].</summary>
    public Tensor Radius => _radius;

    /// <summary>Which tokens of a batch may move: 1 or 0, [batch, length].</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="fixedTokens">Tokens that stay.</param>
    public static Tensor Movable(TokenBatch batch, IEnumerable<int> fixedTokens)
    {
        var movable = batch.Mask ?? ones_like(batch.Ids, dtype: ScalarType.Float32);
        foreach (var token in fixedTokens)
        {
            movable *= batch.Ids.IsNot(token);
        }

        return movable;
    }

    /// <summary>Moves a perturbation up a gradient, and back into the ball.</summary>
    /// <param name="perturbation">The perturbation, [batch, length, hidden].</param>
    /// <param name="gradient">The gradient of the loss by it.</param>
    /// <param name="step">Length of the step, in radii.</param>
    public Tensor Ascend(Tensor perturbation, Tensor gradient, double step)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var uphill = gradient * _movable;
        if (_norm == PerturbationNorm.LInfinity)
        {
            var moved = perturbation.Plus((uphill.sign() * _radius).Times(step));
            return moved.minimum(_radius).maximum(-_radius).MoveToOuterDisposeScope();
        }

        // The largest element is taken out first, so that no square of a small gradient becomes 0.
        uphill /= uphill.abs().amax(1, 2).AtLeast(1e-37).unsqueeze(-1).unsqueeze(-1);
        var to = perturbation.Plus(uphill * _radius.Times(step) / LengthOf(uphill).AtLeast(1e-37));
        return (to * (_radius / LengthOf(to).AtLeast(1e-37)).AtMost(1)).MoveToOuterDisposeScope();
    }

    private static Tensor LengthOf(Tensor vectors) => SquaresOf(vectors).sqrt();

    private static Tensor SquaresOf(Tensor vectors) => (vectors * vectors).sum([1, 2], keepdim: true);
}
