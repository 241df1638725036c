using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch;

/// <summary>A transformer encoder, a pooling, and a linear layer that gives the scores of classes.</summary>
internal sealed class TextClassifier : nn.Module
{
    [ComponentName(Name = "encoder")]
    private readonly TransformerEncoder _encoder;

    [ComponentName(Name = "pooling")]
    private readonly Pooling _pooling;

    [ComponentName(Name = "dropout")]
    private readonly SeededDropout _dropout;

    [ComponentName(Name = "head")]
    private readonly nn.Module<Tensor, Tensor> _head;

    /// <param name="encoder">The encoder; it becomes a part of the classifier.</param>
    /// <param name="pooling">How its vectors become one.</param>
    /// <param name="scores">Number of scores of a text.</param>
    /// <param name="weights">Draws the weights of the layers after the encoder.</param>
    /// <param name="random">Draws the masks of dropout.</param>
    public TextClassifier(
        TransformerEncoder encoder, PoolingKind pooling, int scores, WeightInitializer weights, DropoutRandom random)
        : base(nameof(TextClassifier))
    {
        _encoder = encoder;
        _pooling = new Pooling(pooling, encoder.Config.HiddenSize, weights);
        _dropout = new SeededDropout(encoder.Config.Dropout, random);
        _head = weights.Linear(encoder.Config.HiddenSize, scores);
        RegisterComponents();
    }

    public TransformerEncoder Encoder => _encoder;

    /// <summary>A classifier with weights drawn anew.</summary>
    public static TextClassifier Create(
        EncoderConfig config, PoolingKind pooling, int scores, WeightInitializer weights, DropoutRandom random) =>
        new(new TransformerEncoder(config, weights, random), pooling, scores, weights, random);

    /// <inheritdoc cref="TransformerEncoder.Encode"/>
    /// <returns>The texts' vectors, [batch, hidden], and their scores, [batch, scores], float32.</returns>
    public (Tensor Pooled, Tensor Scores) Classify(
        Tensor words, Tensor? types, Tensor? mask, ICollection<Tensor>? maps = null)
    {
        var pooled = _pooling.call(_encoder.Encode(words, types, mask, maps), mask);
        return (pooled, _head.call(_dropout.call(pooled)).to(ScalarType.Float32));
    }
}
