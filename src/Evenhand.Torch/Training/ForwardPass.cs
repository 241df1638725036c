using static TorchSharp.torch;

namespace Evenhand.Torch.Training;

/// <summary>One pass of a batch through a classifier: what terms of a loss read.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Words">The word vectors that went in, [batch, length, hidden].</param>
/// <param name="Pooled">The texts' vectors, [batch, hidden].</param>
/// <param name="Scores">Their scores, [batch, scores], float32.</param>
internal sealed record ForwardPass(TokenBatch Batch, Tensor Words, Tensor Pooled, Tensor Scores);
