using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Evenhand.Data;
using Evenhand.Learning;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch;

/// <summary>Trains a transformer encoder from scratch to classify texts, or pairs of texts.</summary>
/// <remarks>
/// <para>The encoder is BERT's (Devlin et al. 2019) or, with preNorm, that of Xiong et al. 2020; a vocabulary of words
/// and parts of words is learned from the training texts first. The loss is the cross entropy, rows weighed by the data
/// and by their classes. Mitigations of it and adversarial training are parts of the same loop.</para>
/// <para>The label is numeric (1 or 0), a category, or a set of categories. Where two columns have the role text, a row
/// is a pair.</para>
/// <para>At one thread the same seed gives the same model, bit for bit; at more, sums may be taken in another
/// order.</para>
/// </remarks>
/// <param name="options">The network and its training.</param>
public sealed class TransformerLearner(TransformerOptions options) : Learner<TransformerOptions>(options)
{
    internal const string Name = "transformer";

    /// <summary>All that look at the groups of rows.</summary>
    /// <inheritdoc/>
    public override bool Supports(InMitigation mitigation) => mitigation is IRowMitigation;

    /// <inheritdoc/>
    public override Model Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(context);
        Options.Validate();
        var texts = TrainingColumns.Text(train, Name);
        var labels = TextLabels.Of(train, Name);
        var weights = labels.Weights(train, Options.ClassWeights);
        var mitigation = context.Mitigation as IRowMitigation;
        mitigation?.Options.Validate();
        var groups = mitigation?.FindGroups(train);
        var cancellation = context.CancellationToken;
        cancellation.ThrowIfCancellationRequested();

        var second = TransformerTexts.Second(train);
        var tokenizer = TransformerTokenizer.Train(
            second is null ? [texts] : [texts, second], Options, context.Threads, cancellation);
        var tokens = TransformerTexts.Tokenize(
            train, Name, tokenizer, second is not null, Options.MaximumLength, context.Threads, cancellation);
        var classifier = Train(
            new TrainingTexts(
                tokens, TransformerTokenizer.PaddingId(tokenizer), new TextTargets(labels), weights, groups),
            tokenizer,
            context);
        return new TransformerModel(Options, tokenizer, labels.Classes, second is not null, classifier);
    }

    private TextClassifier Train(TrainingTexts texts, SubwordTokenizer tokenizer, FitContext context)
    {
        set_num_threads(context.Threads);
        var device = cuda.is_available() ? CUDA : CPU;
        var random = new DropoutRandom(context.Seeds.Fork("dropout"));
        var classifier = TextClassifier.Create(
            Options.Encoder(tokenizer.VocabularySize, texts.PaddingId),
            Options.Pooling,
            texts.Targets!.Classes.ScoreCount,
            new WeightInitializer(context.Seeds.Fork("weights").CreateRandom()),
            random).to(device);
        try
        {
            var order = context.Seeds.Fork("heldOut").CreateRandom().NextPermutation(texts.RowCount);
            var heldOut = (int)(Options.ValidationShare * order.Length);
            var batches = (order.Length - heldOut + Options.BatchSize - 1) / Options.BatchSize;
            using var terms = LossTerms.Of(
                new ClassificationLoss(texts.Targets.Classes.Kind, Options.LabelSmoothing),
                context.Mitigation,
                texts,
                Options.HiddenSize,
                (long)batches * Options.NumberOfEpochs * Options.PassesPerBatch,
                new WeightInitializer(context.Seeds.Fork("mitigation").CreateRandom()),
                device);
            var plain = new ClassificationObjective(classifier, terms.All, Options.Precision);
            var attack = Options.Attack(TransformerTokenizer.FixedIds(tokenizer));
            ITrainingObjective objective = Options.Adversary == Adversary.None ? plain : new AdversarialObjective(
                plain, terms.Classification, Options.Adversary, attack, Options.AdversarialWeight, random);
            using var loop = new TrainingLoop(
                Options.Plan(Fingerprint(texts, context)),
                objective,
                texts,
                order[heldOut..],
                order[..heldOut],
                random,
                context,
                device);
            loop.Run();
            return classifier.to(CPU);
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
    }

    // A checkpoint belongs to these options and this mitigation, these tokens, labels, weights and groups, and this
    // seed.
    private string Fingerprint(TrainingTexts texts, FitContext context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Options.ToString()));
        hash.AppendData(Encoding.UTF8.GetBytes((context.Mitigation as IRowMitigation)?.Options.ToString() ?? ""));
        hash.AppendData(MemoryMarshal.AsBytes<int>(texts.Groups?.Codes));
        hash.AppendData(BitConverter.GetBytes(context.Seeds.CreateRandom().NextUInt64()));
        hash.AppendData(MemoryMarshal.AsBytes(texts.Texts.AllIds));
        hash.AppendData(MemoryMarshal.AsBytes<double>(texts.Weights));
        hash.AppendData(MemoryMarshal.AsBytes<int>(texts.Targets!.AllCodes()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
