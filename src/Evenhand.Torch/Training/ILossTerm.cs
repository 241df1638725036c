using static TorchSharp.torch;

namespace Evenhand.Torch;

/// <summary>A term of a classifier's loss; terms are summed.</summary>
internal interface ILossTerm
{
    /// <summary>The term's value for a pass: a differentiable scalar, a mean over the batch.</summary>
    Tensor Of(ForwardPass pass);
}
