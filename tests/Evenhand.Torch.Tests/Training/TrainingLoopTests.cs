using Evenhand.Configuration.Randomness;
using Evenhand.Learning;
using Evenhand.Learning.Classes;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests.Training;

[TestClass]
public sealed class TrainingLoopTests : TorchTest
{
    private static readonly SeedTree Seeds = new(11);

    private static readonly TrainingPlan Plan = new()
    {
        BatchSize = 8,
        NumberOfEpochs = 3,
        LearningRate = 3e-3,
        WeightDecay = 0.01,
        WarmupShare = 0.1,
        GradientClipping = 1,
        Fingerprint = "test",
    };

    [TestMethod]
    public void Run_LearnableLabels_LowersTheLoss()
    {
        var losses = Train(Plan with { NumberOfEpochs = 8 }, rows: 240);

        Assert.IsLessThan(losses.Take(20).Average() / 1.5, losses.TakeLast(20).Average());
    }

    [TestMethod]
    public void Run_TwoHundredSteps_LeavesNoTensor()
    {
        var (before, inScopes) = (TorchRuntime.LiveTensors, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        var losses = Train(Plan with { NumberOfEpochs = 10 }, rows: 170, heldOut: 10, accumulation: 1);

        Assert.HasCount(200, losses);
        Assert.AreEqual(before, TorchRuntime.LiveTensors);
        Assert.AreEqual(inScopes, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [TestMethod]
    [DataRow(13)]
    [DataRow(25)]
    public void Run_InterruptedAndTakenUp_TakesTheStepsOfAnUninterruptedRun(int stop)
    {
        var plan = Plan with { Patience = 2, GradientAccumulation = 2 };
        var whole = Train(plan, rows: 330, heldOut: 30);
        var folder = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}");
        try
        {
            using var cancellation = new CancellationTokenSource();
            var first = new List<double>();
            Assert.ThrowsExactly<OperationCanceledException>(() => Train(
                plan, rows: 330, heldOut: 30, folder: folder, cancellationToken: cancellation.Token, stepTaken: step =>
                {
                    first.Add(step.Loss);
                    if (first.Count == stop)
                    {
                        cancellation.Cancel();
                    }
                }));
            Assert.IsTrue(File.Exists(Path.Combine(folder, "checkpoint.safetensors")));
            var rest = Train(plan, rows: 330, heldOut: 30, folder: folder);

            CollectionAssert.AreEqual(whole, first.Concat(rest).ToArray());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public void Run_CheckpointOfAnotherTraining_StartsAnew()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}");
        try
        {
            Train(Plan, rows: 40, folder: folder);
            CollectionAssert.AreEqual(
                Train(Plan, rows: 40), Train(Plan with { Fingerprint = "another" }, rows: 40, folder: folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // A flipped bit of a weight makes no malformed file, but another training.
    [TestMethod]
    [DataRow("flipped")]
    [DataRow("cut")]
    [DataRow("empty")]
    public void Run_DamagedCheckpoint_StartsAnew(string damage)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}");
        try
        {
            var whole = Train(Plan, rows: 40);
            Train(Plan, rows: 40, folder: folder);
            Assert.IsEmpty(Train(Plan, rows: 40, folder: folder));
            var file = Path.Combine(folder, "checkpoint.safetensors");
            var bytes = File.ReadAllBytes(file);
            bytes[^5] ^= 1;
            File.WriteAllBytes(file, damage switch { "flipped" => bytes, "cut" => bytes[..^100], _ => [] });

            CollectionAssert.AreEqual(whole, Train(Plan, rows: 40, folder: folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The weights differ between rows, so the shares of the two halves of a step differ too.
    [TestMethod]
    public void Run_TwoBatchesOfEight_EqualOneOfSixteen()
    {
        var encoder = TrainingSamples.Encoder with { Dropout = 0, AttentionDropout = 0 };
        double[] weights = [.. Enumerable.Range(0, 160).Select(row => 0.5 + (row % 4))];
        var one = Train(
            Plan with { BatchSize = 16, Bucketing = false }, rows: 160, encoder: encoder, weights: weights);
        var two = Train(
            Plan with { GradientAccumulation = 2, Bucketing = false }, rows: 160, encoder: encoder, weights: weights);

        Assert.HasCount(30, one);
        for (var step = 0; step < one.Length; step++)
        {
            Assert.AreEqual(one[step], two[step], 1e-4);
        }
    }

    [TestMethod]
    public void Run_HeldOutLossRises_KeepsTheBestWeightsAndStops()
    {
        // At a rate so high that it ends far from where it began.
        var plan = Plan with { LearningRate = 0.3, Patience = 2, NumberOfEpochs = 30, Schedule = ScheduleKind.Constant };
        var texts = TrainingSamples.Labelled(240, Seeds);
        var random = new DropoutRandom(Seeds);
        using var classifier = TrainingSamples.Classifier(TrainingSamples.Encoder, Seeds, random);
        var objective = Objective(classifier);
        var steps = 0;
        int[] heldOut = [.. Enumerable.Range(0, 40)];
        using var loop = new TrainingLoop(
            plan,
            objective,
            texts,
            [.. Enumerable.Range(40, 200)],
            heldOut,
            random,
            new FitContext { Seeds = Seeds },
            CPU)
        { StepTaken = _ => steps++ };
        loop.Run();

        Assert.IsLessThan(loop.StepCount, steps);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var loss = objective.Loss(texts.Batch(heldOut, CPU)).item<float>();
        Assert.AreEqual(loop.BestLoss!.Value, loss, 1e-4);
    }

    private static ClassificationObjective Objective(TextClassifier classifier) =>
        new(classifier, [new ClassificationLoss(LabelKind.Binary, 0)], Precision.Float32);

    private static double[] Train(
        TrainingPlan plan,
        int rows,
        int heldOut = 0,
        int? accumulation = null,
        EncoderConfig? encoder = null,
        double[]? weights = null,
        string? folder = null,
        Action<TrainingStep>? stepTaken = null,
        CancellationToken cancellationToken = default)
    {
        set_num_threads(1);
        var losses = new List<double>();
        var random = new DropoutRandom(Seeds);
        using var classifier = TrainingSamples.Classifier(encoder ?? TrainingSamples.Encoder, Seeds, random);
        using var loop = new TrainingLoop(
            plan with { GradientAccumulation = accumulation ?? plan.GradientAccumulation },
            Objective(classifier),
            TrainingSamples.Labelled(rows, Seeds, weights),
            [.. Enumerable.Range(heldOut, rows - heldOut)],
            [.. Enumerable.Range(0, heldOut)],
            random,
            new FitContext { Seeds = Seeds, CheckpointFolder = folder, CancellationToken = cancellationToken },
            CPU)
        { StepTaken = stepTaken ?? (step => losses.Add(step.Loss)) };
        loop.Run();
        return [.. losses];
    }
}
