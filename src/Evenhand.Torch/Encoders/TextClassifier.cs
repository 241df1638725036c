using Evenhand.Configuration.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Encoders;

/// <summary>A transformer encoder, a pooling, and a linear layer that gives the scores of classes.</summary>
internal sealed class TextClassifier : nn.Module
{
    // Parts are fields under the names that state dictionaries and files have for them.
    private readonly TransformerEncoder encoder;
    private readonly Pooling pooling;
    private readonly SeededDropout dropout;
    private readonly nn.Module<Tensor, Tensor> head;

    /// <param name="encoder">The encoder; it becomes a part of the classifier.</param>
    /// <param name="pooling">How its vectors become one.</param>
    /// <param name="scores">Number of scores of a text.</param>
    /// <param name="weights">Draws the weights of the layers after the encoder.</param>
    /// <param name="random">Draws the masks of dropout.</param>
    public TextClassifier(
        TransformerEncoder encoder, PoolingKind pooling, int scores, WeightInitializer weights, DropoutRandom random)
        : base(nameof(TextClassifier))
    {
        this.encoder = encoder;
        PoolingKind = pooling;
        this.pooling = new Pooling(pooling, encoder.Config, weights);
        dropout = new SeededDropout(encoder.Config.Dropout, random);
        head = weights.Linear(encoder.Config.HiddenSize, scores);
        RegisterComponents();
    }

    public TransformerEncoder Encoder => encoder;

    /// <summary>How the vectors of tokens become one.</summary>
    public PoolingKind PoolingKind { get; }

    /// <summary>A classifier with weights drawn anew.</summary>
    public static TextClassifier Create(
        EncoderConfig config, PoolingKind pooling, int scores, WeightInitializer weights, DropoutRandom random) =>
        new(new TransformerEncoder(config, weights, random), pooling, scores, weights, random);

    /// <summary>A classifier that scores as this one does and has plain layers where this one has matrices of low rank
    /// beside them; this one is disposed of then, and returned where it has none.</summary>
    public TextClassifier WithoutLowRank()
    {
        if (encoder.Config.LoraRank == 0)
        {
            return this;
        }

        foreach (var layer in encoder.modules().OfType<LowRankLinear>())
        {
            layer.Merge();
        }

        var plain = Copy(encoder.Config with { LoraRank = 0 });
        Dispose();
        return plain;
    }

    /// <summary>Another classifier with the same weights, on the processor.</summary>
    public TextClassifier Copy() => Copy(encoder.Config);

    private TextClassifier Copy(EncoderConfig config)
    {
        var copy = Create(
            config,
            PoolingKind,
            (int)head.parameters().First().shape[0],
            new WeightInitializer(null),
            new DropoutRandom(new SeedTree(0)));
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var own = state_dict();
        foreach (var (name, target) in copy.state_dict())
        {
            target.copy_(own[name]);
        }

        return copy;
    }

    /// <inheritdoc cref="TransformerEncoder.Encode"/>
    /// <returns>The texts' vectors, [batch, hidden], and their scores, [batch, scores], float32.</returns>
    public (Tensor Pooled, Tensor Scores) Classify(
        Tensor words, Tensor? types, Tensor? mask, ICollection<Tensor>? maps = null)
    {
        var pooled = pooling.call(encoder.Encode(words, types, mask, maps), mask);
        return (pooled, head.call(dropout.call(pooled)).to(ScalarType.Float32));
    }
}
