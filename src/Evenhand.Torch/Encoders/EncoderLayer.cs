using Evenhand.Torch.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evenhand.Torch.Encoders;

/// <summary>One layer: self-attention and a feed-forward block, each with a residual and a normalization.</summary>
internal sealed class EncoderLayer : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly bool _preNorm;
    private readonly SelfAttention attention;
    private readonly LayerNorm attentionNorm;
    private readonly FeedForward feedForward;
    private readonly LayerNorm feedForwardNorm;
    private readonly SeededDropout dropout;
    private readonly Adapter? attentionAdapter;
    private readonly Adapter? feedForwardAdapter;

    public EncoderLayer(EncoderConfig config, WeightInitializer weights, DropoutRandom random)
        : base(nameof(EncoderLayer))
    {
        _preNorm = config.PreNorm;
        attention = new SelfAttention(config, weights, random);
        attentionNorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        feedForward = new FeedForward(config, weights);
        feedForwardNorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        dropout = new SeededDropout(config.Dropout, random);
        attentionAdapter = Adapter.Of(config, weights);
        feedForwardAdapter = Adapter.Of(config, weights);
        RegisterComponents();
    }

    /// <inheritdoc cref="Run"/>
    public override Tensor forward(Tensor input, Tensor? bias) => Run(input, bias, null);

    /// <inheritdoc cref="SelfAttention.Attend"/>
    public Tensor Run(Tensor input, Tensor? bias, ICollection<Tensor>? maps)
    {
        if (_preNorm)
        {
            var sum = input.Plus(Attend(attentionNorm.call(input)));
            return sum.Plus(Feed(feedForwardNorm.call(sum)));
        }

        var attended = attentionNorm.call(input.Plus(Attend(input)));
        return feedForwardNorm.call(attended.Plus(Feed(attended)));

        Tensor Attend(Tensor hidden) => Adapt(attentionAdapter, dropout.call(attention.Attend(hidden, bias, maps)));

        Tensor Feed(Tensor hidden) => Adapt(feedForwardAdapter, dropout.call(feedForward.call(hidden)));

        static Tensor Adapt(Adapter? adapter, Tensor hidden) => adapter is null ? hidden : adapter.call(hidden);
    }
}
