using TorchSharp.Modules;

namespace Evenhand.Torch.Encoders;

/// <summary>Says which parameters of a classifier get gradients; the others have no optimizer state either.</summary>
internal static class TrainedParameters
{
    /// <summary>Those that are trained on the labels.</summary>
    public static void ChooseForLabels(TextClassifier classifier, FineTuning fineTuning)
    {
        var encoder = classifier.Encoder;
        Set(classifier.parameters(), true);
        if (fineTuning == FineTuning.Full)
        {
            return;
        }

        Set(encoder.parameters(), false);
        Set(Added(encoder), true);
        if (fineTuning == FineTuning.Adapter)
        {
            Set(encoder.modules().OfType<LayerNorm>().SelectMany(norm => norm.parameters()), true);
        }
    }

    /// <summary>Those that are trained on texts alone: the encoder's own.</summary>
    public static void ChooseForPretraining(TransformerEncoder encoder)
    {
        Set(encoder.parameters(), true);
        Set(Added(encoder), false);
    }

    // What stands beside the encoder's own weights.
    private static IEnumerable<Parameter> Added(TransformerEncoder encoder) => encoder.modules().SelectMany(
        module => module switch
        {
            LowRankLinear layer => layer.Added,
            Adapter adapter => adapter.parameters(),
            _ => [],
        });

    private static void Set(IEnumerable<Parameter> parameters, bool trained)
    {
        foreach (var parameter in parameters)
        {
            parameter.requires_grad = trained;
        }
    }
}
