using Evenhand.Configuration;
using Evenhand.Learning;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Pretraining;

/// <summary>Trains an encoder on texts without labels, before it is trained on those with.</summary>
internal static class MaskedLanguagePretraining
{
    /// <summary>Trains the encoder's own weights. The head that tells hidden tokens is thrown away.</summary>
    /// <param name="plan">How to train.</param>
    /// <param name="encoder">The encoder.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="masking">Hides tokens.</param>
    /// <param name="precision">In which precision passes are computed.</param>
    /// <param name="random">Draws the masks of dropout.</param>
    /// <param name="context">Seeds, cancellation, progress and the folder of checkpoints, all of this training
    /// alone.</param>
    /// <param name="device">Where the encoder is.</param>
    public static void Run(
        TrainingPlan plan,
        TransformerEncoder encoder,
        TrainingTexts texts,
        TokenMasking masking,
        Precision precision,
        DropoutRandom random,
        FitContext context,
        Device device)
    {
        TrainedParameters.ChooseForPretraining(encoder);
        var weights = new WeightInitializer(context.Seeds.Fork("weights").CreateRandom());
        using var head = new MaskedLanguageHead(encoder.Config, weights).to(device);
        using var loop = new TrainingLoop(
            plan,
            new MaskedLanguageObjective(new MaskedLanguageModel(encoder, head), masking, precision),
            texts,
            [.. Enumerable.Range(0, texts.RowCount)],
            [],
            random,
            context,
            device);
        loop.Run();
    }

    /// <summary>The lines of a text file, UTF-8, without blank ones.</summary>
    /// <exception cref="InputException">It cannot be read, or has no text.</exception>
    public static string[] ReadTexts(string file)
    {
        try
        {
            string[] texts = [.. File.ReadLines(file).Where(line => !string.IsNullOrWhiteSpace(line))];
            return texts.Length > 0
                ? texts
                : throw new InputException($"{file} has no text; expected one in each line.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file} cannot be read: {e.Message}", e);
        }
    }
}
