using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Simulation;
using Evenhand.Data.Splits;
using Evenhand.Learning;
using Evenhand.TestKit;
using Evenhand.Torch.Robustness;
using Evenhand.Torch.Transformer;
using TorchSharp;

namespace Evenhand.Torch.Tests.Robustness;

[TestClass]
public sealed class RobustAccuracyTests : TorchTest
{
    private static readonly SeedTree Seeds = new(29);

    private static readonly TransformerOptions Options = new()
    {
        HiddenSize = 16,
        NumberOfLayers = 1,
        NumberOfHeads = 2,
        IntermediateSize = 32,
        MaximumLength = 32,
        VocabularySize = 600,
        BatchSize = 16,
        NumberOfEpochs = 8,
        LearningRate = 5e-3,
    };

    [TestMethod]
    public void Measure_ProjectedGradientTraining_HoldsMoreUnderAttack()
    {
        var attack = new EmbeddingAttackOptions { Epsilon = 0.2, Steps = 5, StepSize = 0.5 };
        OverSeeds.AssertPositive(seeds =>
        {
            var data = Reviews(600, seeds);
            var split = Splitter.Split(data, new SplitOptions(), seeds);
            using var plain = Fit(Options, split.Train, seeds);
            using var robust = Fit(Hardened, split.Train, seeds);
            var (before, after) = (Measure(plain, split.Test, attack), Measure(robust, split.Test, attack));
            Assert.AreEqual(split.Test.RowCount, before.Rows);
            return after.UnderAttack - before.UnderAttack;
        });
    }

    [TestMethod]
    public void Measure_NoPerturbation_IsThePredictionsAccuracy()
    {
        var data = Reviews(300);
        using var model = Fit(Options with { NumberOfEpochs = 1 }, data);
        var found = Measure(model, data, new EmbeddingAttackOptions { Epsilon = 0 });
        var predicted = ((ClassPredictions)model.Predict(data)).Decisions;
        var labels = ((NumericColumn)data.Label!).Values.ToArray();

        Assert.AreEqual(predicted.Zip(labels).Count(pair => pair.First == pair.Second) / 300.0, found.Accuracy, 1e-12);
        Assert.AreEqual(found.Accuracy, found.UnderAttack);
    }

    [TestMethod]
    public void Measure_Cancelled_Stops()
    {
        var data = Reviews(100);
        using var model = Fit(Options with { NumberOfEpochs = 1 }, data);
        Assert.ThrowsExactly<OperationCanceledException>(
            () => RobustAccuracy.Measure(model, data, new(), 1, new CancellationToken(true)));
    }

    [TestMethod]
    public void Measure_LabelOfOtherClasses_SaysWhatIsWanted()
    {
        var data = Reviews(100);
        using var model = Fit(Options with { NumberOfEpochs = 1 }, data);
        var other = new Dataset("other", new Table(
        [
            data.Text!,
            CategoricalColumn.FromValues(
                "kind", Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? "a" : "b"), ColumnRoles.Label),
        ]));
        Assert.Contains(
            "must be of these classes",
            Assert.ThrowsExactly<InputException>(() => Measure(model, other, new())).Message);
    }

    private static TransformerOptions Hardened => Options with
    {
        Adversary = new AdversaryOptions { Kind = AdversaryKind.Pgd, Epsilon = 0.2, Steps = 2, StepSize = 0.7 },
    };

    private static RobustAccuracy Measure(TransformerModel model, Dataset data, EmbeddingAttackOptions attack) =>
        RobustAccuracy.Measure(model, data, attack);

    private static TransformerModel Fit(TransformerOptions options, Dataset data, SeedTree? seeds = null) =>
        (TransformerModel)new TransformerLearner(options).Fit(data, new FitContext { Seeds = seeds ?? Seeds });

    private static Dataset Reviews(int rows, SeedTree? seeds = null) => MarketplaceSimulator.Generate(
        new SimulatorOptions
        {
            Users = rows / 4,
            Items = 40,
            Interactions = rows,
            Label = SimulatorLabel.Recommended,
            Noise = 0.2,
        }.WithoutBias(),
        (seeds ?? Seeds).Fork("reviews"));
}
