using System.Globalization;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Training;

/// <summary>Trains a classifier on a sum of terms.</summary>
/// <param name="classifier">The classifier.</param>
/// <param name="terms">The terms of the loss.</param>
/// <param name="precision">In which precision passes are computed.</param>
internal sealed class ClassificationObjective(
    TextClassifier classifier, IReadOnlyList<ILossTerm> terms, Precision precision) : ITrainingObjective
{
    public nn.Module Module { get; } = terms.Any(term => term is nn.Module)
        ? new TrainedParts(classifier, terms.OfType<nn.Module>())
        : classifier;

    /// <summary>The word vectors of a batch, [batch, length, hidden].</summary>
    public Tensor Words(TokenBatch batch) => classifier.Encoder.Words(batch.Ids);

    public Tensor Loss(TokenBatch batch) => Loss(Pass(batch, Words(batch)));

    /// <summary>The loss of a pass: a differentiable scalar.</summary>
    public Tensor Loss(ForwardPass pass)
    {
        var loss = terms[0].Of(pass);
        foreach (var term in terms.Skip(1))
        {
            loss = loss.Plus(term.Of(pass));
        }

        return loss;
    }

    /// <summary>A pass from word vectors, which may have been moved.</summary>
    public ForwardPass Pass(TokenBatch batch, Tensor words)
    {
        using var _ = MixedPrecision.Begin(precision.On(batch.Ids.device));
        var (pooled, scores) = classifier.Classify(words, batch.Types, batch.Mask);
        return new ForwardPass(batch, words, pooled, scores);
    }

    // The classifier, and what terms learn or remember beside it. The parts belong to others, who dispose of them.
    private sealed class TrainedParts : nn.Module
    {
        public TrainedParts(TextClassifier classifier, IEnumerable<nn.Module> terms)
            : base(nameof(TrainedParts))
        {
            register_module("classifier", classifier);
            foreach (var (i, term) in terms.Index())
            {
                register_module(string.Create(CultureInfo.InvariantCulture, $"term{i}"), term);
            }
        }
    }
}
