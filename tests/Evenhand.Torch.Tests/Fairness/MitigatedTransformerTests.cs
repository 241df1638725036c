using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning;
using Evenhand.Learning.Mitigations.In.AdversarialDebiasing;
using Evenhand.Learning.Mitigations.In.ExposureRegularizer;
using Evenhand.Learning.Mitigations.In.GroupDro;
using Evenhand.Learning.Mitigations.In.PrecisionRecallPenalty;
using Evenhand.Learning.Mitigations.In.RatePenalty;
using Evenhand.TestKit;
using Evenhand.Torch.Robustness;
using Evenhand.Torch.Transformer;
using TorchSharp;

namespace Evenhand.Torch.Tests.Fairness;

/// <summary>The transformer under mitigations of its loss.</summary>
[TestClass]
public sealed class MitigatedTransformerTests : TorchTest
{
    private static readonly SeedTree Seeds = new(31);

    private static readonly TransformerOptions Options = new()
    {
        HiddenSize = 16,
        NumberOfLayers = 1,
        NumberOfHeads = 2,
        IntermediateSize = 32,
        MaximumLength = 16,
        VocabularySize = 300,
        BatchSize = 16,
        NumberOfEpochs = 6,
        LearningRate = 5e-3,
        Patience = 0,
    };

    private static readonly InMitigation[] All =
    [
        new GroupDro(new GroupDroOptions { Group = "author" }),
        new RatePenalty(new RatePenaltyOptions { Group = "author", Weight = 5 }),
        new PrecisionRecallPenalty(new PrecisionRecallPenaltyOptions { Group = "author", Weight = 5 }),
        new AdversarialDebiasing(new AdversarialDebiasingOptions { Group = "author", ConditionOnLabel = true }),
    ];

    public static IEnumerable<object[]> Mitigations => Enumerable.Range(0, All.Length).Select(i => new object[] { i });

    [TestMethod]
    [DynamicData(nameof(Mitigations))]
    public void Fit_InterruptedAndTakenUp_GivesTheSameModel(int number)
    {
        var data = TermSamples.Grouped(200, Seeds);
        var options = Options with { NumberOfEpochs = 2 };
        var whole = Values(options, data, All[number]);
        CollectionAssert.AreNotEqual(Values(options, data, null), whole);
        var folder = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}");
        try
        {
            using var cancellation = new CancellationTokenSource();
            var context = new FitContext { Seeds = Seeds, CheckpointFolder = folder, Mitigation = All[number] };
            Assert.ThrowsExactly<OperationCanceledException>(() => Fit(options, data, context with
            {
                CancellationToken = cancellation.Token,
                Progress = progress =>
                {
                    if (progress.Done == 15)
                    {
                        cancellation.Cancel();
                    }
                },
            }));
            CollectionAssert.AreEqual(whole, Values(Fit(options, data, context), data));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public void Fit_RatePenalty_DrawsSelectionRatesTogether()
    {
        AssertDrawsTogether(new RatePenalty(new RatePenaltyOptions
        {
            Group = "author",
            Rate = GroupRate.Selection,
            Weight = 30,
        }));
    }

    [TestMethod]
    public void Fit_AdversarialDebiasing_DrawsSelectionRatesTogether()
    {
        AssertDrawsTogether(
            new AdversarialDebiasing(new AdversarialDebiasingOptions { Group = "author", Weight = 2 }));
    }

    [TestMethod]
    public void Fit_MitigationAgainstAnAdversary_Learns()
    {
        var data = TermSamples.Grouped(200, Seeds);
        var options = Options with
        {
            NumberOfEpochs = 2,
            Adversary = new AdversaryOptions { Kind = AdversaryKind.Free, Steps = 2 },
            GradientAccumulation = 2,
        };
        foreach (var mitigation in All)
        {
            Assert.IsTrue(Values(options, data, mitigation).All(double.IsFinite));
        }
    }

    [TestMethod]
    public void Supports_MitigationsOfTexts_IsTrue()
    {
        var learner = new TransformerLearner(Options);
        Assert.IsTrue(All.All(learner.Supports));
        Assert.IsFalse(learner.Supports(new ExposureRegularizer(new ExposureRegularizerOptions())));
    }

    private static void AssertDrawsTogether(InMitigation mitigation) => OverSeeds.AssertPositive(seeds =>
    {
        var data = TermSamples.Grouped(600, seeds);
        var plain = Gap(data, null, seeds);
        return [plain - 0.05, plain - Gap(data, mitigation, seeds)];
    });

    private static double Gap(Dataset data, InMitigation? mitigation, SeedTree seeds)
    {
        var options = Options with { NumberOfEpochs = 12, LearningRate = 1e-2, ValidationShare = 0 };
        var values = Values(Fit(options, data, new FitContext { Seeds = seeds, Mitigation = mitigation }), data);
        var codes = data.GroupCodes(data.FindGroup("author")!);
        double Rate(int group) => values.Where((_, row) => codes[row] == group).Average();
        return Math.Abs(Rate(0) - Rate(1));
    }

    private static double[] Values(TransformerOptions options, Dataset data, InMitigation? mitigation) =>
        Values(Fit(options, data, new FitContext { Seeds = Seeds, Mitigation = mitigation }), data);

    private static double[] Values(Model model, Dataset data)
    {
        using var _ = (TransformerModel)model;
        return ((ClassPredictions)model.Predict(data)).Probabilities;
    }

    private static Model Fit(TransformerOptions options, Dataset data, FitContext context) =>
        new TransformerLearner(options).Fit(data, context);
}
