using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Learning;
using Evenhand.Learning.Classes;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Robustness;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;

namespace Evenhand.Torch.Transformer;

/// <summary>Options of <see cref="TransformerLearner"/>.</summary>
public sealed record TransformerOptions : LearnerOptions
{
    /// <summary>A folder with a BERT, RoBERTa or DistilBERT encoder as Hugging Face's libraries write it
    /// (<c>config.json</c>, <c>model.safetensors</c>, tokenizer), from which the training begins; empty to begin from
    /// scratch.</summary>
    /// <remarks>The folder then gives the network's sizes and the tokenizer. With the pooling cls
    /// the layers of a head for classification are taken over as well, where its classes are these. All weights are
    /// trained well with a learningRate of 1e-5 to 5e-5 (Devlin et al. 2019, appendix A.3), parts of them with 1e-4 to
    /// 1e-3.</remarks>
    /// <value>empty</value>
    [FilePath(Optional = true, Folder = true)]
    public string Pretrained { get; init; } = "";

    /// <summary>Which weights are trained on the labels.</summary>
    /// <value>Full</value>
    public FineTuning FineTuning { get; init; } = FineTuning.Full;

    /// <summary>The matrices of low rank that are trained.</summary>
    /// <value>as they are by default</value>
    [When(nameof(FineTuning), FineTuning.Lora)]
    public LoraOptions Lora { get; init; } = new();

    /// <summary>The blocks that are trained between those of the encoder.</summary>
    /// <value>as they are by default</value>
    [When(nameof(FineTuning), FineTuning.Adapter)]
    public AdapterOptions Adapter { get; init; } = new();

    /// <summary>Passes over texts without labels before the training: words are hidden, and the encoder learns to tell
    /// them (Devlin et al. 2019, section 3.1).</summary>
    /// <value>none</value>
    public PretrainingOptions Pretraining { get; init; } = new();

    /// <summary>Width of every token's vector; a multiple of numberOfHeads.</summary>
    /// <value>128</value>
    [When(nameof(Pretrained), "")]
    [Range(4, 4096)]
    public int HiddenSize { get; init; } = 128;

    /// <summary>Layers of the encoder.</summary>
    /// <value>2</value>
    [When(nameof(Pretrained), "")]
    [Range(1, 48)]
    [SearchRange(1, 4)]
    public int NumberOfLayers { get; init; } = 2;

    /// <summary>Attention heads of each layer.</summary>
    /// <value>4</value>
    [When(nameof(Pretrained), "")]
    [Range(1, 64)]
    public int NumberOfHeads { get; init; } = 4;

    /// <summary>Width between the two layers of a feed-forward block.</summary>
    /// <value>512</value>
    [When(nameof(Pretrained), "")]
    [Range(4, 16_384)]
    [SearchRange(128, 1024, Log = true)]
    public int IntermediateSize { get; init; } = 512;

    /// <summary>Most tokens of a text, the two at its ends included; the rest is cut off.</summary>
    /// <value>128</value>
    [Range(8, 4096)]
    [SearchRange(64, 256, Log = true)]
    public int MaximumLength { get; init; } = 128;

    /// <summary>Share of elements that are dropped from embeddings and from the outputs of blocks in
    /// training.</summary>
    /// <value>0.1</value>
    [Range(0.0, 0.9)]
    [SearchRange(0.0, 0.4)]
    public double Dropout { get; init; } = 0.1;

    /// <summary>Share of attention weights that are dropped in training.</summary>
    /// <value>0.1</value>
    [Range(0.0, 0.9)]
    [SearchRange(0.0, 0.3)]
    public double AttentionDropout { get; init; } = 0.1;

    /// <summary>Whether a block normalizes what goes into it, rather than what comes out as BERT does; deep encoders
    /// train more surely with it.</summary>
    /// <value>true</value>
    [When(nameof(Pretrained), "")]
    public bool PreNorm { get; init; } = true;

    /// <summary>How the vectors of tokens become one for the text.</summary>
    /// <value>Mean</value>
    public PoolingKind Pooling { get; init; } = PoolingKind.Mean;

    /// <summary>How words are split into tokens.</summary>
    /// <value>Wordpiece</value>
    [When(nameof(Pretrained), "")]
    public TokenizerKind Tokenizer { get; init; } = TokenizerKind.Wordpiece;

    /// <summary>Most tokens of the vocabulary, which is learned from the training texts.</summary>
    /// <value>8000</value>
    [When(nameof(Pretrained), "")]
    [Range(300, 250_000)]
    [SearchRange(2000, 30_000, Log = true)]
    public int VocabularySize { get; init; } = 8000;

    /// <summary>Texts of a batch.</summary>
    /// <value>32</value>
    [Range(1, 4096)]
    [SearchRange(16, 128, Log = true)]
    public int BatchSize { get; init; } = 32;

    /// <summary>Batches whose gradients make one step: as good as a batch that is so many times larger, in less
    /// memory.</summary>
    /// <value>1</value>
    [Range(1, 1024)]
    public int GradientAccumulation { get; init; } = 1;

    /// <summary>Most passes over the training texts.</summary>
    /// <value>3</value>
    [Range(1, 1000)]
    [SearchRange(2, 10)]
    public int NumberOfEpochs { get; init; } = 3;

    /// <summary>Full learning rate of AdamW.</summary>
    /// <value>0.001</value>
    [Range(1e-7, 1.0)]
    [SearchRange(1e-4, 3e-3, Log = true)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Share of each weight that is taken off at each step, times the learning rate; not of biases and
    /// normalizations.</summary>
    /// <value>0.01</value>
    [Range(0.0, 10.0)]
    [SearchRange(1e-3, 0.3, Log = true)]
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Share of the steps in which the learning rate rises to its full height.</summary>
    /// <value>0.1</value>
    [Range(0.0, 1.0)]
    [SearchRange(0.0, 0.3)]
    public double WarmupShare { get; init; } = 0.1;

    /// <summary>How the learning rate falls after that.</summary>
    /// <value>Linear</value>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Linear;

    /// <summary>Longest gradient; longer ones are shortened to it. 0 for no limit.</summary>
    /// <value>1</value>
    [Range(0.0, 1e6)]
    public double GradientClipping { get; init; } = 1;

    /// <summary>Share of the target that is spread over all classes.</summary>
    /// <value>0</value>
    [Range(0.0, 0.5)]
    [SearchRange(0.0, 0.2)]
    public double LabelSmoothing { get; init; }

    /// <summary>How the classes weigh; sets of labels are not balanced.</summary>
    /// <value>None</value>
    public ClassWeighting ClassWeights { get; init; } = ClassWeighting.None;

    /// <summary>Share of the training rows that is held out, to keep the weights of the epoch with the least loss on
    /// them; 0 to keep the last weights.</summary>
    /// <value>0.05</value>
    [Range(0.0, 0.5)]
    public double ValidationShare { get; init; } = 0.05;

    /// <summary>The training stops after so many epochs without a smaller loss on the rows held out; 0 to never stop
    /// early.</summary>
    /// <value>2</value>
    [Unless(nameof(ValidationShare), 0.0)]
    [Range(0, 1000)]
    public int Patience { get; init; } = 2;

    /// <summary>How texts are made harder in training, by moving the vectors of their words.</summary>
    /// <value>not at all</value>
    public AdversaryOptions Adversary { get; init; } = new();

    /// <summary>The numbers in which the training computes. Predictions are made in float32.</summary>
    /// <value>Auto</value>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>Whether texts of like length are trained on together, which is faster.</summary>
    /// <value>true</value>
    public bool Bucketing { get; init; } = true;

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Contradictions()
    {
        if (NumberOfHeads > 0 && HiddenSize % NumberOfHeads != 0)
        {
            yield return Invalid(nameof(HiddenSize), HiddenSize, $"a multiple of numberOfHeads ({NumberOfHeads})");
        }

        var given = new TransformerOptions();
        (string Name, object Value, object Default)[] ofTheFolder =
        [
            (nameof(HiddenSize), HiddenSize, given.HiddenSize),
            (nameof(NumberOfLayers), NumberOfLayers, given.NumberOfLayers),
            (nameof(NumberOfHeads), NumberOfHeads, given.NumberOfHeads),
            (nameof(IntermediateSize), IntermediateSize, given.IntermediateSize),
            (nameof(PreNorm), PreNorm, given.PreNorm),
            (nameof(Tokenizer), Tokenizer, given.Tokenizer),
            (nameof(VocabularySize), VocabularySize, given.VocabularySize),
        ];
        foreach (var (name, value, unset) in ofTheFolder)
        {
            if (Pretrained is { Length: > 0 } && !value.Equals(unset))
            {
                yield return Invalid(name, value, "left out where pretrained is given: the folder decides");
            }
        }
    }

    internal EncoderConfig Encoder(int vocabularySize, int paddingId) => new()
    {
        VocabularySize = vocabularySize,
        HiddenSize = HiddenSize,
        NumberOfLayers = NumberOfLayers,
        NumberOfHeads = NumberOfHeads,
        IntermediateSize = IntermediateSize,
        MaximumLength = MaximumLength,
        Dropout = Dropout,
        AttentionDropout = AttentionDropout,
        PreNorm = PreNorm,
        PaddingId = paddingId,
    };

    // The parts of an encoder's shape that belong to its training.
    internal EncoderConfig ForTraining(EncoderConfig encoder) => encoder with
    {
        Dropout = Dropout,
        AttentionDropout = AttentionDropout,
        LoraRank = FineTuning == FineTuning.Lora ? Lora.Rank : 0,
        LoraAlpha = Lora.Alpha,
        LoraDropout = Lora.Dropout,
        AdapterSize = FineTuning == FineTuning.Adapter ? Adapter.Size : 0,
    };

    internal TrainingPlan PretrainingPlan(string fingerprint) => Plan(fingerprint) with
    {
        NumberOfEpochs = Pretraining.Epochs,
        LearningRate = Pretraining.LearningRate,
    };

    internal TrainingPlan Plan(string fingerprint) => new()
    {
        BatchSize = BatchSize,
        GradientAccumulation = GradientAccumulation,
        NumberOfEpochs = NumberOfEpochs,
        LearningRate = LearningRate,
        WeightDecay = WeightDecay,
        WarmupShare = WarmupShare,
        Schedule = Schedule,
        GradientClipping = GradientClipping,
        Patience = Patience,
        Bucketing = Bucketing,
        Fingerprint = fingerprint,
    };
}
