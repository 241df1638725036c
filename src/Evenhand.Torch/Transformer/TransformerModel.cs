using System.Text.Json;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Explanations;
using Evenhand.Tokenization;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Encoders.HuggingFace;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using static TorchSharp.torch;

namespace Evenhand.Torch.Transformer;

/// <summary>A transformer encoder with a head of classes, and the tokenizer that it was trained with.</summary>
/// <remarks>Predictions are made in float32, on the processor, at one thread. Its weights lie outside the managed heap;
/// disposing of the model frees them at once, otherwise they go with the object.</remarks>
public sealed class TransformerModel : Model, IGradientTextModel, IDisposable
{
    // Tokens of a batch at prediction: large enough for full speed, small enough for caches and cancellation.
    private const int TokensPerBatch = 4096;

    private readonly TransformerOptions _options;
    private readonly SubwordTokenizer _tokenizer;
    private readonly LabelClasses _classes;
    private readonly bool _pairs;
    private readonly TextClassifier _classifier;

    internal TransformerModel(
        TransformerOptions options,
        SubwordTokenizer tokenizer,
        LabelClasses classes,
        bool pairs,
        TextClassifier classifier)
    {
        _options = options;
        _tokenizer = tokenizer;
        _classes = classes;
        _pairs = pairs;
        _classifier = classifier;
        _classifier.eval();
    }

    /// <inheritdoc/>
    public override string LearnerName => TransformerLearner.Name;

    /// <summary>Splits texts as the model reads them.</summary>
    public SubwordTokenizer Tokenizer => _tokenizer;

    LabelClasses IGradientTextModel.Classes => _classes;

    internal TextClassifier Classifier => _classifier;

    internal LabelClasses Classes => _classes;

    // An encoder that was trained elsewhere may have places for fewer tokens than are asked for.
    private int MaximumLength => Math.Min(_options.MaximumLength, _classifier.Encoder.Config.MaximumLength);

    /// <summary>Predicts the probabilities of classes. A text is cut to the model's length; what is missing counts as
    /// empty.</summary>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var tokens = Tokenize(data, threads: 1, cancellationToken);
        set_num_threads(1);
        return _classes.ToPredictions(Scores(tokens, cancellationToken));
    }

    /// <summary>Writes the encoder into a folder from which Hugging Face's libraries, and the option pretrained, read
    /// it: <c>config.json</c>, <c>model.safetensors</c> and the files of the tokenizer. With the pooling cls the layers
    /// behind the encoder are written too, as those of a model for the classification of sequences.</summary>
    /// <param name="folder">The folder; it is made where it is missing.</param>
    /// <exception cref="InputException">BERT has no place for what the encoder has (blocks that are normalized before,
    /// as with preNorm, and adapters), or a file cannot be written.</exception>
    public void SaveHuggingFace(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        HuggingFaceFolder.Write(folder, _classifier, _tokenizer, _classes);
    }

    IntegratedGradients IGradientTextModel.Integrate(
        string text, int score, int steps, CancellationToken cancellationToken) =>
        Explanations(text).Integrate(score, steps, cancellationToken);

    TextAttention IGradientTextModel.Attention(string text, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Explanations(text).Attention();
    }

    // A text alone; of a pair the second one is empty.
    private TransformerExplanations Explanations(string text) => new(
        _classifier,
        _tokenizer,
        text,
        _pairs ? _tokenizer.EncodePair(text, "", MaximumLength) : _tokenizer.Encode(text, MaximumLength));

    /// <summary>The texts of a data set as the model reads them.</summary>
    internal TokenizedTexts Tokenize(Dataset data, int threads, CancellationToken cancellationToken) =>
        TransformerTexts.Tokenize(data, LearnerName, _tokenizer, _pairs, MaximumLength, threads, cancellationToken);

    /// <summary>Frees the weights; the model predicts no more.</summary>
    public void Dispose() => _classifier.Dispose();

    // The last bits of a row's scores may depend on what else is in its batch. So each different text is scored once,
    // in batches that depend on the set of texts and not on the order of rows.
    private double[] Scores(TokenizedTexts tokens, CancellationToken cancellationToken)
    {
        var order = new int[tokens.RowCount];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, tokens.Compare);
        var scores = new double[order.Length * _classes.ScoreCount];
        var texts = new TrainingTexts(tokens, _classifier.Encoder.Config.PaddingId);
        using var _ = no_grad();
        var batch = new List<int>();
        for (var i = 0; i < order.Length; i++)
        {
            if (i > 0 && tokens.Compare(order[i], order[i - 1]) == 0)
            {
                continue;
            }

            if (batch.Count > 0 && (batch.Count + 1) * tokens.Length(order[i]) > TokensPerBatch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Score(texts, [.. batch], scores);
                batch.Clear();
            }

            batch.Add(order[i]);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (batch.Count > 0)
        {
            Score(texts, [.. batch], scores);
        }

        for (var i = 1; i < order.Length; i++)
        {
            if (tokens.Compare(order[i], order[i - 1]) == 0)
            {
                Of(order[i - 1]).CopyTo(Of(order[i]));
            }
        }

        return scores;

        Span<double> Of(int row) => scores.AsSpan(row * _classes.ScoreCount, _classes.ScoreCount);
    }

    private void Score(TrainingTexts texts, int[] rows, double[] scores)
    {
        using var scope = NewDisposeScope();
        var batch = texts.Batch(rows, CPU);
        var (_, found) = _classifier.Classify(_classifier.Encoder.Words(batch.Ids), batch.Types, batch.Mask);
        var values = found.contiguous().data<float>();
        for (var i = 0; i < rows.Length; i++)
        {
            for (var c = 0; c < _classes.ScoreCount; c++)
            {
                scores[(rows[i] * _classes.ScoreCount) + c] = values[(i * _classes.ScoreCount) + c];
            }
        }
    }

    internal static TransformerModel Read(ModelReader reader)
    {
        TorchRuntime.Require();
        var options = reader.ReadOptions<TransformerOptions>();
        var tokenizer = TransformerTokenizer.Read(reader.ReadPart("tokenizer", out _));
        var classes = LabelClasses.Read(reader);
        var classifier = TextClassifier.Create(
            reader.ReadJson("encoder").Value.Deserialize<EncoderConfig>(EncoderConfig.Json)!,
            options.Pooling,
            classes.ScoreCount,
            new WeightInitializer(null),
            new DropoutRandom(new SeedTree(0)));
        using (NewDisposeScope())
        using (no_grad())
        {
            foreach (var (name, target) in classifier.state_dict())
            {
                var values = reader.ReadArray<float>(name, (int)target.numel());
                target.copy_(tensor(values, target.shape));
            }
        }

        return new TransformerModel(options, tokenizer, classes, reader.ReadDouble("pairs") != 0, classifier);
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.WritePart("tokenizer", "subwords", part => TransformerTokenizer.Write(part, _tokenizer));
        writer.Write(
            "encoder",
            JsonSerializer.SerializeToNode(_classifier.Encoder.Config, EncoderConfig.Json)!.AsObject());
        _classes.Write(writer);
        writer.Write("pairs", _pairs ? 1 : 0);
        using var scope = NewDisposeScope();
        foreach (var (name, source) in _classifier.state_dict())
        {
            writer.Write<float>(name, source.detach().contiguous().data<float>().ToArray());
        }
    }
}
