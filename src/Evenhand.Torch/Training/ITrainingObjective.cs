using Evenhand.Torch.Runtime;
using static TorchSharp.torch;

namespace Evenhand.Torch.Training;

/// <summary>What a training minimizes, and how the gradients of a batch come about.</summary>
/// <remarks>
/// <para>The loop calls <see cref="Accumulate"/> for each batch of a step and then takes the step. An objective that
/// needs one pass leaves it as it is and gives <see cref="Loss"/>. One that needs several passes a step, such as
/// adversarial training, does them in its own <see cref="Accumulate"/>, around those of another objective.</para>
/// <para>What an objective learns or remembers itself (a second head, weights of groups) it registers in
/// <see cref="Module"/>, as parameters or buffers: then checkpoints keep it.</para>
/// </remarks>
internal interface ITrainingObjective
{
    /// <summary>All that is trained or kept in a checkpoint.</summary>
    nn.Module Module { get; }

    /// <summary>The mean loss of a batch, its rows weighed: a differentiable scalar.</summary>
    Tensor Loss(TokenBatch batch);

    /// <summary>Adds the gradients of <paramref name="share"/> times the batch's loss to the parameters'
    /// gradients.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="share">Its part of the step's loss.</param>
    /// <returns>The mean loss of the batch, a scalar without history.</returns>
    Tensor Accumulate(TokenBatch batch, double share)
    {
        var loss = Loss(batch);
        (share == 1 ? loss : loss.Times(share)).backward();
        return loss.detach();
    }
}
