using Evenhand.Configuration;
using Evenhand.Learning;
using Evenhand.TestKit.Learning;
using Evenhand.Torch.Robustness;
using Evenhand.Torch.Transformer;
using Evenhand.Torch.TwoTower;

namespace Evenhand.Torch.Tests;

/// <summary>The learners that need libtorch, small.</summary>
public sealed class LearnerCases : ILearnerCases
{
    private static readonly Dictionary<string, double> OfTransformers = new()
    {
        [nameof(TransformerOptions.HiddenSize)] = 8,
        [nameof(TransformerOptions.NumberOfLayers)] = 1,
        [nameof(TransformerOptions.NumberOfHeads)] = 2,
        [nameof(TransformerOptions.IntermediateSize)] = 16,
        [nameof(TransformerOptions.MaximumLength)] = 16,
        [nameof(TransformerOptions.VocabularySize)] = 320,
        [nameof(TransformerOptions.NumberOfEpochs)] = 1,
        [nameof(TransformerOptions.BatchSize)] = 64,
        [$"{nameof(TransformerOptions.Pretraining)}.{nameof(PretrainingOptions.Epochs)}"] = 1,
        [$"{nameof(TransformerOptions.Lora)}.{nameof(LoraOptions.Rank)}"] = 4,
        [$"{nameof(TransformerOptions.Adapter)}.{nameof(AdapterOptions.Size)}"] = 8,
        [nameof(TransformerOptions.GradientAccumulation)] = 2,
        [$"{nameof(TransformerOptions.Adversary)}.{nameof(AdversaryOptions.Steps)}"] = 2,
    };

    private static readonly Dictionary<string, double> OfTowers = new()
    {
        [nameof(TwoTowerOptions.ApproximationRank)] = 16,
        [nameof(TwoTowerOptions.NumberOfLayers)] = 2,
        [nameof(TwoTowerOptions.HiddenSize)] = 16,
        [nameof(TwoTowerOptions.NumberOfNegatives)] = 50,
        [nameof(TwoTowerOptions.BatchSize)] = 100,
        [nameof(TwoTowerOptions.NumberOfEpochs)] = 3,
        [nameof(TwoTowerOptions.VocabularySize)] = 100,
    };

    /// <inheritdoc/>
    public static Registry Registry => Registries.Full;

    /// <inheritdoc/>
    public static IReadOnlyList<string> Learners { get; } =
        [.. Registry.Names<LearnerDescriptor>().Except(TestRegistry.Shared.Names<LearnerDescriptor>())];

    /// <inheritdoc/>
    public static IReadOnlyList<LearnerCase> Special { get; } =
    [
        new("transformer")
        {
            Reports = true,
            Options = new TransformerOptions
            {
                HiddenSize = 16,
                NumberOfLayers = 1,
                NumberOfHeads = 2,
                IntermediateSize = 16,
                MaximumLength = 16,
                VocabularySize = 300,
                NumberOfEpochs = 4,
                BatchSize = 16,
                LearningRate = 5e-3,
            },
            Most = OfTransformers,
        },
        new("two-tower")
        {
            Variant = "sampled softmax",
            Reports = true,
            Options = new TwoTowerOptions { ApproximationRank = 8, NumberOfEpochs = 3 },
            Most = OfTowers,
        },
        new("two-tower")
        {
            Variant = "ranking",
            Reports = true,
            Options = new TwoTowerOptions
            {
                LossFunction = TwoTowerLoss.BayesianPersonalizedRanking,
                ApproximationRank = 8,
                NumberOfLayers = 1,
                HiddenSize = 8,
                NumberOfNegatives = 20,
                NumberOfEpochs = 3,
                NormalizeVectors = false,
                Temperature = 1,
            },
            Most = OfTowers,
        },
    ];
}
