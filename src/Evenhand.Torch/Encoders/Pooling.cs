using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Encoders;

/// <summary>Makes one vector of the vectors of a text's tokens.</summary>
internal sealed class Pooling : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly EncoderFamily _family;
    private readonly nn.Module<Tensor, Tensor>? dense;

    public Pooling(PoolingKind kind, EncoderConfig config, WeightInitializer weights)
        : base(nameof(Pooling))
    {
        _family = config.Family;
        dense = kind == PoolingKind.Cls ? weights.Linear(config.HiddenSize, config.HiddenSize) : null;
        RegisterComponents();
    }

    /// <param name="hidden">[batch, length, hidden].</param>
    /// <param name="mask">1 for tokens and 0 for what fills short texts, [batch, length]; null where no text is
    /// filled.</param>
    /// <returns>[batch, hidden].</returns>
    public override Tensor forward(Tensor hidden, Tensor? mask)
    {
        if (dense is not null)
        {
            var first = dense.call(hidden.select(1, 0));
            return _family == EncoderFamily.DistilBert ? nn.functional.relu(first) : tanh(first);
        }

        if (mask is null)
        {
            return hidden.mean([1]);
        }

        var weights = mask.unsqueeze(-1);
        return (hidden * weights).sum(1) / weights.sum(1);
    }
}
