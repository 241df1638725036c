using static TorchSharp.torch;

namespace Evenhand.Torch.Training;

/// <summary>A term of a classifier's loss; terms are summed.</summary>
/// <remarks>A term that learns or remembers something is a module too: its parameters are trained and its buffers kept
/// with the classifier's, and it is told whether it trains.</remarks>
internal interface ILossTerm
{
    /// <summary>The term's value for a pass: a differentiable scalar, a mean over the batch.</summary>
    Tensor Of(ForwardPass pass);
}
