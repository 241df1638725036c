using Evenhand.Configuration;
using Evenhand.Learning;
using Evenhand.TestKit.Learning;
using Evenhand.Torch.TwoTower;

namespace Evenhand.Torch.Tests.TwoTower;

/// <summary>What each two-tower learner must do; the losses and towers are those of its options.</summary>
public abstract class TwoTowerConformance : LearnerConformance
{
    protected override string Name => "two-tower";

    protected override bool Reports => true;

    protected override IReadOnlyDictionary<string, double> Most => new Dictionary<string, double>
    {
        [nameof(TwoTowerOptions.ApproximationRank)] = 16,
        [nameof(TwoTowerOptions.NumberOfLayers)] = 2,
        [nameof(TwoTowerOptions.HiddenSize)] = 16,
        [nameof(TwoTowerOptions.NumberOfNegatives)] = 50,
        [nameof(TwoTowerOptions.BatchSize)] = 100,
        [nameof(TwoTowerOptions.NumberOfEpochs)] = 3,
        [nameof(TwoTowerOptions.VocabularySize)] = 100,
    };

    protected override Registry Registry => Registries.Full;

    [TestInitialize]
    public void Require() => TorchTest.RequireTorch();
}

[TestClass]
[DoNotParallelize]
public sealed class SampledSoftmaxConformanceTests : TwoTowerConformance
{
    protected override LearnerOptions Options => new TwoTowerOptions { ApproximationRank = 8, NumberOfEpochs = 3 };
}

[TestClass]
[DoNotParallelize]
public sealed class RankingTowersConformanceTests : TwoTowerConformance
{
    protected override LearnerOptions Options => new TwoTowerOptions
    {
        LossFunction = TwoTowerLoss.BayesianPersonalizedRanking,
        ApproximationRank = 8,
        NumberOfLayers = 1,
        HiddenSize = 8,
        NumberOfNegatives = 20,
        NumberOfEpochs = 3,
        NormalizeVectors = false,
        Temperature = 1,
    };
}
