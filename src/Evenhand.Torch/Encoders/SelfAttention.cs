using Evenhand.Torch.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Encoders;

/// <summary>Multi-head self-attention: softmax(Q K' / sqrt(d)) V for each head, heads joined by a linear
/// layer.</summary>
/// <remarks>Vaswani et al. 2017, eq. 1 and section 3.2.2.</remarks>
internal sealed class SelfAttention : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly int _heads;
    private readonly nn.Module<Tensor, Tensor> query;
    private readonly nn.Module<Tensor, Tensor> key;
    private readonly nn.Module<Tensor, Tensor> value;
    private readonly nn.Module<Tensor, Tensor> output;
    private readonly SeededDropout dropout;

    public SelfAttention(EncoderConfig config, WeightInitializer weights, DropoutRandom random)
        : base(nameof(SelfAttention))
    {
        _heads = config.NumberOfHeads;
        query = Adapted();
        key = weights.Linear(config.HiddenSize, config.HiddenSize);
        value = Adapted();
        output = weights.Linear(config.HiddenSize, config.HiddenSize);
        dropout = new SeededDropout(config.AttentionDropout, random);
        RegisterComponents();

        nn.Module<Tensor, Tensor> Adapted() => config.LoraRank == 0
            ? weights.Linear(config.HiddenSize, config.HiddenSize)
            : new LowRankLinear(config, weights, random);
    }

    /// <inheritdoc cref="Attend"/>
    public override Tensor forward(Tensor input, Tensor? bias) => Attend(input, bias, null);

    /// <summary>What each token takes from all tokens of its text.</summary>
    /// <param name="input">[batch, length, hidden].</param>
    /// <param name="bias">Added to the logarithms of the weights, [batch, 1, 1, length]; null where nothing is
    /// hidden.</param>
    /// <param name="maps">Takes the weights, [batch, heads, length, length], without their history; or null.</param>
    /// <returns>[batch, length, hidden].</returns>
    public Tensor Attend(Tensor input, Tensor? bias, ICollection<Tensor>? maps)
    {
        var (batch, length, width) = (input.shape[0], input.shape[1], input.shape[2]);
        var size = width / _heads;
        var scores = matmul(Heads(query).Times(1 / Math.Sqrt(size)), Heads(key).transpose(-2, -1));
        if (bias is not null)
        {
            scores = scores.Plus(bias.to(scores.dtype));
        }

        var weights = softmax(scores, -1);
        maps?.Add(weights.detach());
        var mixed = matmul(dropout.call(weights), Heads(value));
        return output.call(mixed.transpose(1, 2).reshape(batch, length, width));

        Tensor Heads(nn.Module<Tensor, Tensor> projection) =>
            projection.call(input).view(batch, length, _heads, size).transpose(1, 2);
    }
}
