using Evenhand.Configuration;
using Evenhand.Learning.Classes;
using Evenhand.Torch.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Encoders.HuggingFace;

/// <summary>Weights of classifiers in <c>model.safetensors</c> of Hugging Face folders.</summary>
internal static class HuggingFaceWeights
{
    public const string FileName = "model.safetensors";

    /// <summary>Copies the weights of a file into a classifier: the encoder's, and those of the layers behind it where
    /// the file has them and they fit. Half-precision numbers become float32.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="classifier">Gets the weights; what the file does not have keeps its own.</param>
    /// <param name="classes">What the classifier tells apart.</param>
    /// <exception cref="InputException">The file is missing or malformed, or a tensor of the encoder is missing,
    /// surplus or of another shape than the configuration says.</exception>
    public static void Read(string folder, HuggingFaceConfig config, TextClassifier classifier, LabelClasses classes)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
        {
            throw new InputException(
                $"{folder} has no {FileName}. Weights in other formats (pytorch_model.bin, several files) are written "
                + "anew as one by save_pretrained(folder, safe_serialization=True, max_shard_size=\"100GB\").");
        }

        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var found = ByPlainName(file, config.Encoder.Family);
        var own = classifier.Encoder.state_dict();
        var used = new HashSet<string>();
        foreach (var (ours, theirs) in HuggingFaceNames.Of(classifier.Encoder))
        {
            used.Add(theirs);
            Copy(file, found, theirs, own[ours]);
        }

        string[] surplus =
            [.. found.Keys.Where(name => !used.Contains(name) && !HuggingFaceNames.IsOfNoEncoder(name)).Order()];
        if (surplus.Length > 0)
        {
            throw new InputException(
                $"{file} has {surplus.Length} {(surplus.Length == 1 ? "tensor" : "tensors")} for which "
                + $"{HuggingFaceConfig.FileName} leaves no place, such as '{surplus[0]}' of shape "
                + $"{Shape(found[surplus[0]])}.");
        }

        ReadHead(file, found, config, classifier, classes);
    }

    /// <summary>The tensors of a classifier under the names that files have for them.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="classes">What it tells apart; null to leave the layers behind the encoder out.</param>
    public static Dictionary<string, Tensor> Tensors(TextClassifier classifier, LabelClasses? classes)
    {
        var family = classifier.Encoder.Config.Family;
        var prefix = classes is null ? "" : HuggingFaceNames.Prefix(family);
        var own = classifier.Encoder.state_dict();
        var tensors = HuggingFaceNames.Of(classifier.Encoder)
            .ToDictionary(name => prefix + name.Theirs, name => own[name.Ours].detach());
        if (classes is null)
        {
            return tensors;
        }

        var all = classifier.state_dict();
        var pooling = HuggingFaceNames.Pooling(family);
        var head = HuggingFaceNames.Head(family);

        // BERT's layer before the head counts as a part of the encoder; those of the others do not.
        var before = family == EncoderFamily.Bert ? prefix : "";
        foreach (var kind in (string[])["weight", "bias"])
        {
            tensors.Add($"{before}{pooling}.{kind}", all[$"pooling.dense.{kind}"].detach());
            var scores = all[$"head.{kind}"].detach();
            tensors.Add(
                $"{head}.{kind}",
                classes.Kind == LabelKind.Binary ? cat([zeros_like(scores), scores]) : scores);
        }

        return tensors;
    }

    private static Dictionary<string, Tensor> ByPlainName(string file, EncoderFamily family)
    {
        var prefix = HuggingFaceNames.Prefix(family);
        var plain = new Dictionary<string, Tensor>();
        foreach (var (name, tensor) in Safetensors.Read(file))
        {
            var own = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;

            // Names that TensorFlow gave to the parameters of normalizations.
            own = own.EndsWith(".gamma", StringComparison.Ordinal) ? own[..^".gamma".Length] + ".weight"
                : own.EndsWith(".beta", StringComparison.Ordinal) ? own[..^".beta".Length] + ".bias"
                : own;
            if (!plain.TryAdd(own, tensor))
            {
                throw new InputException($"{file} has tensor '{own}' under two names.");
            }
        }

        return plain;
    }

    private static void ReadHead(
        string file,
        Dictionary<string, Tensor> found,
        HuggingFaceConfig config,
        TextClassifier classifier,
        LabelClasses classes)
    {
        var own = classifier.state_dict();
        var pooling = HuggingFaceNames.Pooling(config.Encoder.Family);
        if (!own.TryGetValue("pooling.dense.weight", out var dense) || !found.ContainsKey($"{pooling}.weight"))
        {
            return;
        }

        Copy(file, found, $"{pooling}.weight", dense);
        Copy(file, found, $"{pooling}.bias", own["pooling.dense.bias"]);
        var head = HuggingFaceNames.Head(config.Encoder.Family);
        if (found.TryGetValue($"{head}.weight", out var weight) && found.TryGetValue($"{head}.bias", out var bias)
            && weight.dim() == 2 && bias.dim() == 1 && weight.shape[0] == bias.shape[0]
            && weight.shape[1] == config.Encoder.HiddenSize
            && Rows(config, classes, weight.shape[0]) is { } rows)
        {
            own["head.weight"].copy_(rows(weight.to(ScalarType.Float32)));
            own["head.bias"].copy_(rows(bias.to(ScalarType.Float32)));
        }
    }

    // How the scores of this classifier come out of those of a head; null where its classes are others.
    private static Func<Tensor, Tensor>? Rows(HuggingFaceConfig config, LabelClasses classes, long count)
    {
        if (classes.Kind == LabelKind.Binary)
        {
            // The log-odds of a softmax over two scores is their difference.
            return count == 2 ? head => head.narrow(0, 1, 1) - head.narrow(0, 0, 1)
                : count == 1 ? head => head
                : null;
        }

        var names = classes.Names.Values.ToArray();
        if (count != names.Length)
        {
            return null;
        }

        if (config.Labels.Count == 0)
        {
            return head => head;
        }

        long[] places = [.. names.Select(name => (long)config.Labels.ToList().IndexOf(name))];
        return config.Labels.Count == names.Length && places.All(place => place >= 0)
            ? head => head.index_select(0, tensor(places))
            : null;
    }

    private static void Copy(string file, Dictionary<string, Tensor> found, string name, Tensor target)
    {
        if (!found.TryGetValue(name, out var tensor))
        {
            throw new InputException(
                $"{file} has no tensor '{name}'; {HuggingFaceConfig.FileName} asks for one of shape {Shape(target)}.");
        }

        if (!tensor.shape.SequenceEqual(target.shape))
        {
            throw new InputException(
                $"{file}: tensor '{name}' is of shape {Shape(tensor)}; {HuggingFaceConfig.FileName} asks for "
                + $"{Shape(target)}.");
        }

        target.copy_(tensor);
    }

    private static string Shape(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";
}
