using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Learning.Classes;
using Evenhand.Torch.Robustness;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using static TorchSharp.torch;

namespace Evenhand.Torch.Transformer;

/// <summary>How many texts a model classifies right, and how many of them still when an adversary moves the vectors of
/// their words.</summary>
/// <remarks>The attack knows the model: projected gradient descent on its loss (Madry et al. 2018), around the word
/// vectors of each text. A text counts as robust where the model is right about it as it is and after every
/// step.</remarks>
/// <param name="Accuracy">Share of texts that are classified right, in [0, 1]; higher is better.</param>
/// <param name="UnderAttack">Share of texts that are so under the attack too; at most
/// <paramref name="Accuracy"/>.</param>
/// <param name="Rows">Number of texts.</param>
public sealed record RobustAccuracy(double Accuracy, double UnderAttack, int Rows)
{
    private const int RowsPerBatch = 64;

    /// <summary>Attacks a model on labelled texts.</summary>
    /// <param name="model">The model; two classes, or several of which a text has one.</param>
    /// <param name="data">Texts with their labels, of the classes that the model knows.</param>
    /// <param name="options">The attack.</param>
    /// <param name="threads">Most threads at work.</param>
    /// <param name="cancellationToken">Polled before each batch.</param>
    /// <exception cref="InputException">There is no text or label column, the classes are not those of the model, or an
    /// option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RobustAccuracy Measure(
        TransformerModel model,
        Dataset data,
        EmbeddingAttackOptions options,
        int threads = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var labels = RowLabels.Of(data, nameof(RobustAccuracy));
        if (model.Classes.Kind == LabelKind.MultiLabel || labels.Classes.Kind != model.Classes.Kind
            || !labels.Classes.Names.Values.SequenceEqual(model.Classes.Names.Values))
        {
            throw new InputException(
                $"The model must give each text one class, and the label of '{data.Name}' must be of these classes: "
                + $"{string.Join(", ", model.Classes.Names.Values)}.");
        }

        set_num_threads(threads);
        var texts = new TrainingTexts(
            model.Tokenize(data, threads, cancellationToken),
            model.Classifier.Encoder.Config.PaddingId,
            new TextTargets(labels));
        var attack = new EmbeddingAttack(
            options.Norm,
            options.Epsilon,
            options.Steps,
            options.StepSize,
            TransformerTokenizer.FixedIds(model.Tokenizer));
        var (right, robust) = (0L, 0L);
        var order = new BatchOrder(
            texts.Texts, [.. Enumerable.Range(0, texts.RowCount)], RowsPerBatch, Bucketing: true);
        foreach (var rows in order.SortedBatches())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (plain, attacked) = Count(model, texts, rows, attack);
            right += plain;
            robust += attacked;
        }

        return new RobustAccuracy(
            (double)right / texts.RowCount, (double)robust / texts.RowCount, texts.RowCount);
    }

    private static (long Right, long Robust) Count(
        TransformerModel model, TrainingTexts texts, int[] rows, EmbeddingAttack attack)
    {
        using var scope = NewDisposeScope();
        var batch = texts.Batch(rows, CPU);
        var words = model.Classifier.Encoder.Words(batch.Ids).detach();
        var loss = new ClassificationLoss(model.Classes.Kind, labelSmoothing: 0);
        var passes = new List<Tensor>();
        var last = attack.Run(batch, words, moved =>
        {
            var pass = Pass(moved);
            passes.Add(Right(pass).DetachFromDisposeScope());
            return loss.OfRows(pass).sum();
        });
        using (no_grad())
        {
            passes.Add(Right(Pass(words.Plus(last))).DetachFromDisposeScope());
        }

        var robust = ones(rows.Length, ScalarType.Bool);
        foreach (var right in passes)
        {
            robust = robust.logical_and(right);
        }

        // The first pass is that of the texts as they are.
        var counts = (passes[0].sum().item<long>(), robust.sum().item<long>());
        passes.ForEach(right => right.Dispose());
        return counts;

        ForwardPass Pass(Tensor moved)
        {
            var (pooled, scores) = model.Classifier.Classify(moved, batch.Types, batch.Mask);
            return new ForwardPass(batch, moved, pooled, scores);
        }

        Tensor Right(ForwardPass pass) => model.Classes.Kind == LabelKind.Multiclass
            ? pass.Scores.argmax(1).eq(batch.Targets!)
            : pass.Scores.IsAtLeast(0).eq(batch.Targets!.IsAbove(0.5)).squeeze(1);
    }
}
