using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Mitigations.In;
using Evenhand.Tokenization;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Encoders.HuggingFace;
using Evenhand.Torch.Fairness;
using Evenhand.Torch.Pretraining;
using Evenhand.Torch.Robustness;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Transformer;

/// <summary>Trains a transformer encoder to classify texts, or pairs of texts.</summary>
/// <remarks>
/// <para>The encoder is BERT's (Devlin et al. 2019) or, with preNorm, that of Xiong et al. 2020; a vocabulary of words
/// and parts of words is learned from the training texts first. Or both come from a folder. The loss is the cross
/// entropy, rows weighed by the data and by their classes. Mitigations of it and adversarial training are parts of the
/// same loop.</para>
/// <para>The label is numeric (1 or 0), a category, or a set of categories. Where two columns have the role text, a row
/// is a pair.</para>
/// <para>At one thread the same seed gives the same model, bit for bit; at more, sums may be taken in another
/// order.</para>
/// </remarks>
/// <param name="options">The network and its training.</param>
public sealed class TransformerLearner(TransformerOptions options) : Learner<TransformerOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<TransformerOptions>(
        Name,
        "A transformer encoder trained from scratch, on words and parts of words learned from the texts. Needs "
        + "libtorch.",
        TaskKinds.Texts,
        options => new TransformerLearner(options),
        TransformerModel.Read);

    internal const string Name = "transformer";

    /// <summary>All that look at the groups of rows.</summary>
    /// <inheritdoc/>
    public override bool Supports(InMitigation mitigation) => mitigation is IRowMitigation;

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var texts = TrainingColumns.Text(train, Name);
        var labels = RowLabels.Of(train, Name);
        var weights = Relative(labels.Weights(train, Options.ClassWeights));
        var mitigation = context.Mitigation as IRowMitigation;
        mitigation?.Options.Validate();
        var groups = mitigation?.FindGroups(train);
        var cancellation = context.CancellationToken;
        cancellation.ThrowIfCancellationRequested();

        var second = TransformerTexts.Second(train);
        var folder = Options.Pretrained.Length == 0 ? null : HuggingFaceFolder.Open(Options.Pretrained);
        var tokenizer = folder?.Tokenizer ?? TransformerTokenizer.Train(
            second is null ? [texts] : [texts, second], Options, context.Threads, cancellation);
        var encoder = Options.ForTraining(folder?.Config
            ?? Options.Encoder(tokenizer.VocabularySize, TransformerTokenizer.PaddingId(tokenizer)));
        var maximumLength = Math.Min(Options.MaximumLength, encoder.MaximumLength);
        var tokens = TransformerTexts.Tokenize(
            train, Name, tokenizer, second is not null, maximumLength, context.Threads, cancellation);
        var learned = new TrainingTexts(tokens, encoder.PaddingId, new TextTargets(labels), weights, groups);
        var pretraining = Options.Pretraining.Epochs == 0 ? null
            : Options.Pretraining.File.Length == 0
                ? learned with
                {
                    Weights = Relative(labels.Weights(train, ClassWeighting.None)),
                    Targets = null,
                    Groups = null,
                }
                : new TrainingTexts(
                    TokenizedTexts.Of(tokenizer.EncodeAll(
                        MaskedLanguagePretraining.ReadTexts(Options.Pretraining.File),
                        maximumLength,
                        context.Threads,
                        cancellation)),
                    encoder.PaddingId);
        return Model(Train(learned, pretraining, tokenizer, encoder, folder, Model, context));

        TransformerModel Model(TextClassifier classifier) =>
            new(Options, tokenizer, labels.Classes, second is not null, classifier);
    }

    private TextClassifier Train(
        TrainingTexts texts,
        TrainingTexts? pretraining,
        SubwordTokenizer tokenizer,
        EncoderConfig encoder,
        HuggingFaceFolder? folder,
        Func<TextClassifier, TransformerModel> model,
        FitContext context)
    {
        var device = TorchRuntime.Start(context.Threads);
        var random = new DropoutRandom(context.Seeds.Fork("dropout"));
        var classifier = TextClassifier.Create(
            encoder,
            Options.Pooling,
            texts.Targets!.Classes.ScoreCount,
            new WeightInitializer(context.Seeds.Fork("weights").CreateRandom()),
            random);
        try
        {
            folder?.ReadWeights(classifier, texts.Targets.Classes);
            var fingerprint = Fingerprint(texts, pretraining, classifier, context);
            classifier.to(device);
            context = Pretrain(classifier.Encoder, texts, pretraining, tokenizer, fingerprint, random, context, device);
            TrainedParameters.ChooseForLabels(classifier, Options.FineTuning);
            var order = context.Seeds.Fork("heldOut").CreateRandom().NextPermutation(texts.RowCount);
            var heldOut = HeldOut(order.Length);
            var (plan, adversary) = (Options.Plan(fingerprint), Options.Adversary);
            using var terms = LossTerms.Of(
                new ClassificationLoss(texts.Targets.Classes.Kind, Options.LabelSmoothing),
                context.Mitigation,
                texts,
                encoder.HiddenSize,
                (long)plan.BatchesPerEpoch(order.Length - heldOut) * plan.NumberOfEpochs * adversary.PassesPerBatch,
                new WeightInitializer(context.Seeds.Fork("mitigation").CreateRandom()),
                device);
            var plain = new ClassificationObjective(classifier, terms.All, Options.Precision);
            var attack = adversary.Attack(TransformerTokenizer.FixedIds(tokenizer));
            ITrainingObjective objective = adversary.Kind == AdversaryKind.None ? plain : new AdversarialObjective(
                plain, terms.Classification, adversary.Kind, attack, adversary.Weight, random);
            using var loop = new TrainingLoop(
                plan,
                objective,
                texts,
                order[heldOut..],
                order[..heldOut],
                random,
                context,
                device)
            {
                Snapshot = () => model(classifier.Copy().WithoutLowRank()),
            };
            loop.Run();
            return classifier.to(CPU).WithoutLowRank();
        }
        catch (ExternalException e)
        {
            classifier.Dispose();
            throw TorchRuntime.Explain(e, "Lower batchSize or maximumLength.");
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
    }

    // Trains the encoder on texts alone, where that is asked for, and returns what is left for the training on labels:
    // steps are counted over both.
    private FitContext Pretrain(
        TransformerEncoder encoder,
        TrainingTexts texts,
        TrainingTexts? pretraining,
        SubwordTokenizer tokenizer,
        string fingerprint,
        DropoutRandom random,
        FitContext context,
        Device device)
    {
        if (pretraining is null)
        {
            return context;
        }

        var (plan, labelPlan) = (Options.PretrainingPlan(fingerprint), Options.Plan(fingerprint));
        var steps = plan.StepsPerEpoch(pretraining.RowCount) * plan.NumberOfEpochs;
        var learned = texts.RowCount - HeldOut(texts.RowCount);
        var all = steps + (labelPlan.StepsPerEpoch(learned) * labelPlan.NumberOfEpochs);
        MaskedLanguagePretraining.Run(
            plan,
            encoder,
            pretraining,
            new TokenMasking(tokenizer, Options.Pretraining.MaskShare, Options.Pretraining.WholeWordMasking),
            Options.Precision,
            random,
            context with
            {
                Seeds = context.Seeds.Fork("pretraining"),
                Progress = progress => context.Progress?.Invoke(progress with { Total = all }),
                CheckpointFolder = context.CheckpointFolder is { } path ? Path.Combine(path, "pretraining") : null,
            },
            device);
        return context with
        {
            Progress = progress => context.Progress?.Invoke(
                progress with { Done = steps + progress.Done, Total = all }),
        };
    }

    // Weights of mean 1: what they have in common changes no loss, and could leave the range of single precision.
    private static double[] Relative(double[] weights)
    {
        var largest = weights.Max();
        var mean = weights.Average(weight => weight / largest);
        return Array.ConvertAll(weights, weight => weight / largest / mean);
    }

    private int HeldOut(int rows) => (int)(Options.ValidationShare * rows);

    // A checkpoint belongs to these options and this mitigation, these tokens, labels, weights and groups, this seed,
    // and the encoder from which it began.
    private string Fingerprint(
        TrainingTexts texts, TrainingTexts? pretraining, TextClassifier classifier, FitContext context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Options.ToString()));
        hash.AppendData(Encoding.UTF8.GetBytes((context.Mitigation as IRowMitigation)?.Options.ToString() ?? ""));
        hash.AppendData(MemoryMarshal.AsBytes<int>(texts.Groups?.Codes));
        hash.AppendData(BitConverter.GetBytes(context.Seeds.CreateRandom().NextUInt64()));
        hash.AppendData(MemoryMarshal.AsBytes(texts.Texts.AllIds));
        hash.AppendData(MemoryMarshal.AsBytes<double>(texts.Weights));
        hash.AppendData(pretraining is null ? [] : MemoryMarshal.AsBytes(pretraining.Texts.AllIds));
        foreach (var parameter in Options.Pretrained.Length == 0 ? [] : classifier.parameters())
        {
            hash.AppendData(parameter.bytes);
        }

        hash.AppendData(MemoryMarshal.AsBytes<int>(texts.Targets!.AllCodes()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
