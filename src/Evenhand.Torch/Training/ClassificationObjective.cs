using static TorchSharp.torch;

namespace Evenhand.Torch;

/// <summary>Trains a classifier on a sum of terms.</summary>
/// <param name="classifier">The classifier.</param>
/// <param name="terms">The terms of the loss.</param>
/// <param name="precision">In which precision passes are computed.</param>
internal sealed class ClassificationObjective(
    TextClassifier classifier, IReadOnlyList<ILossTerm> terms, Precision precision) : ITrainingObjective
{
    public nn.Module Module => classifier;

    /// <summary>The word vectors of a batch, [batch, length, hidden].</summary>
    public Tensor Words(TokenBatch batch) => classifier.Encoder.Words(batch.Ids);

    public Tensor Loss(TokenBatch batch) => Loss(Pass(batch, Words(batch)));

    /// <summary>The loss of a pass: a differentiable scalar.</summary>
    public Tensor Loss(ForwardPass pass)
    {
        var loss = terms[0].Of(pass);
        foreach (var term in terms.Skip(1))
        {
            loss += term.Of(pass);
        }

        return loss;
    }

    /// <summary>A pass from word vectors, which may have been moved.</summary>
    public ForwardPass Pass(TokenBatch batch, Tensor words)
    {
        using var _ = TorchRuntime.Autocast(precision.On(batch.Ids.device), batch.Ids.device);
        var (pooled, scores) = classifier.Classify(words, batch.Types, batch.Mask);
        return new ForwardPass(batch, words, pooled, scores);
    }
}
