using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Classes;
using Evenhand.Tokenization;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Training;

namespace Evenhand.Torch.Tests.Training;

/// <summary>Small texts, as numbers, that a network can learn to tell apart.</summary>
internal static class TrainingSamples
{
    public const int VocabularySize = 50;

    /// <summary>Rows of 2 to 20 tokens from 1 to 49.</summary>
    public static TokenizedTexts Texts(int rows, SeedTree seeds)
    {
        var random = seeds.Fork("texts").CreateRandom();
        return TokenizedTexts.Of([.. Enumerable.Range(0, rows).Select(_ => Row(random))]);

        static SubwordToken[] Row(SeededRandom random) =>
            [.. Enumerable.Range(0, 2 + random.Next(19)).Select(_ => new SubwordToken(1 + random.Next(49), 0, 0))];
    }

    /// <summary>The texts with labels: 1 where a token below 6 occurs.</summary>
    public static TrainingTexts Labelled(int rows, SeedTree seeds, double[]? weights = null)
    {
        var texts = Texts(rows, seeds);
        var labels = Enumerable.Range(0, rows)
            .Select(row => texts.Ids(row).ContainsAnyInRange(1, 5) ? 1.0 : 0).ToArray();
        var data = new Dataset("samples", new Table(
        [
            new NumericColumn("label", labels, ColumnRoles.Label),
        ]));
        return new TrainingTexts(texts, 0, new TextTargets(RowLabels.Of(data, "sample")), weights);
    }

    public static EncoderConfig Encoder => new()
    {
        VocabularySize = VocabularySize,
        HiddenSize = 16,
        NumberOfLayers = 2,
        NumberOfHeads = 2,
        IntermediateSize = 32,
        MaximumLength = 32,
        PreNorm = true,
    };

    public static TextClassifier Classifier(
        EncoderConfig config, SeedTree seeds, DropoutRandom random, PoolingKind pooling = PoolingKind.Mean) =>
        TextClassifier.Create(
            config, pooling, 1, new WeightInitializer(seeds.Fork("weights").CreateRandom()), random);
}
