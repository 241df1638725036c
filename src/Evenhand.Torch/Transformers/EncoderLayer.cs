using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evenhand.Torch;

/// <summary>One layer: self-attention and a feed-forward block, each with a residual and a normalization.</summary>
internal sealed class EncoderLayer : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly bool _preNorm;

    [ComponentName(Name = "attention")]
    private readonly SelfAttention _attention;

    [ComponentName(Name = "attention_norm")]
    private readonly LayerNorm _attentionNorm;

    [ComponentName(Name = "feed_forward")]
    private readonly FeedForward _feedForward;

    [ComponentName(Name = "feed_forward_norm")]
    private readonly LayerNorm _feedForwardNorm;

    [ComponentName(Name = "dropout")]
    private readonly SeededDropout _dropout;

    public EncoderLayer(EncoderConfig config, WeightInitializer weights, DropoutRandom random)
        : base(nameof(EncoderLayer))
    {
        _preNorm = config.PreNorm;
        _attention = new SelfAttention(config, weights, random);
        _attentionNorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        _feedForward = new FeedForward(config, weights);
        _feedForwardNorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        _dropout = new SeededDropout(config.Dropout, random);
        RegisterComponents();
    }

    /// <inheritdoc cref="Run"/>
    public override Tensor forward(Tensor input, Tensor? bias) => Run(input, bias, null);

    /// <inheritdoc cref="SelfAttention.Attend"/>
    public Tensor Run(Tensor input, Tensor? bias, ICollection<Tensor>? maps)
    {
        if (_preNorm)
        {
            var sum = input + _dropout.call(_attention.Attend(_attentionNorm.call(input), bias, maps));
            return sum + _dropout.call(_feedForward.call(_feedForwardNorm.call(sum)));
        }

        var attended = _attentionNorm.call(input + _dropout.call(_attention.Attend(input, bias, maps)));
        return _feedForwardNorm.call(attended + _dropout.call(_feedForward.call(attended)));
    }
}
