using System.Text.Json;
using Evenhand.Configuration;
using Evenhand.Learning.Classes;
using Evenhand.Tokenization;
using Evenhand.Torch.Runtime;
using static TorchSharp.torch;

namespace Evenhand.Torch.Encoders.HuggingFace;

/// <summary>An encoder in a local folder as Hugging Face's libraries write it: <c>config.json</c>,
/// <c>model.safetensors</c>, and the files of its tokenizer. BERT, RoBERTa and DistilBERT.</summary>
internal sealed class HuggingFaceFolder
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    private readonly string _path;
    private readonly HuggingFaceConfig _config;

    private HuggingFaceFolder(string path, HuggingFaceConfig config, SubwordTokenizer tokenizer)
    {
        _path = path;
        _config = config;
        Tokenizer = tokenizer;
    }

    /// <summary>The shape of the encoder.</summary>
    public EncoderConfig Config => _config.Encoder;

    /// <summary>Splits texts as the encoder was trained to read them.</summary>
    public SubwordTokenizer Tokenizer { get; }

    /// <summary>Reads all but the weights.</summary>
    /// <exception cref="InputException">A file is missing or malformed, or the tokenizer knows more words than the
    /// encoder.</exception>
    public static HuggingFaceFolder Open(string path)
    {
        var config = HuggingFaceConfig.Read(path);
        var tokenizer = SubwordTokenizer.Load(path);
        return tokenizer.VocabularySize <= config.Encoder.VocabularySize
            ? new HuggingFaceFolder(path, config, tokenizer)
            : throw new InputException(
                $"{path}: the tokenizer has {tokenizer.VocabularySize} tokens; vocab_size in "
                + $"{HuggingFaceConfig.FileName} is {config.Encoder.VocabularySize}.");
    }

    /// <inheritdoc cref="HuggingFaceWeights.Read"/>
    public void ReadWeights(TextClassifier classifier, LabelClasses classes) =>
        HuggingFaceWeights.Read(_path, _config, classifier, classes);

    /// <summary>Writes a classifier in such a folder. The layers behind the encoder are written where its text vector
    /// is that of the first token, as Hugging Face's classes for classification have it; the encoder alone
    /// otherwise.</summary>
    /// <param name="path">The folder; it is made where it is missing.</param>
    /// <param name="classifier">The classifier.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="classes">What it tells apart.</param>
    /// <exception cref="InputException">Hugging Face's classes have no place for what the encoder has, or a file cannot
    /// be written.</exception>
    public static void Write(string path, TextClassifier classifier, SubwordTokenizer tokenizer, LabelClasses classes)
    {
        var encoder = classifier.Encoder.Config;
        if (encoder.PreNorm || encoder.AdapterSize > 0)
        {
            throw new InputException(
                $"BERT has no {(encoder.PreNorm ? "normalization before blocks: fit with preNorm: false" : "adapters")}"
                + ", so the encoder cannot be written as one.");
        }

        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var head = classifier.PoolingKind == PoolingKind.Cls ? classes : null;
        try
        {
            tokenizer.Save(path);
            WholeFile.Write(
                Path.Combine(path, HuggingFaceConfig.FileName),
                HuggingFaceConfig.Write(encoder, head).ToJsonString(Layout) + "\n");
            Safetensors.Write(
                Path.Combine(path, HuggingFaceWeights.FileName),
                HuggingFaceWeights.Tensors(classifier, head),
                new Dictionary<string, string> { ["format"] = "pt" });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be written: {e.Message}", e);
        }
    }
}
