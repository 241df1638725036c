using Evenhand.Configuration.Randomness;
using Evenhand.Learning;
using Evenhand.Learning.Classes;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Robustness;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Tests.Training;
using Evenhand.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests.Robustness;

[TestClass]
public sealed class EmbeddingAttackTests : TorchTest
{
    private static readonly SeedTree Seeds = new(23);

    // A step of FGM by hand: epsilon |x| g / |g| with the norm L2, epsilon rms(x) sign(g) with LInfinity.
    [TestMethod]
    [DataRow(PerturbationNorm.L2, new[] { 0.3, 0.4, 0, 0, 0, 0 })]
    [DataRow(PerturbationNorm.LInfinity, new[] { 0.25, 0.25, 0, 0, 0, 0 })]
    public void Ascend_OneWholeStep_GoesToTheRim(PerturbationNorm norm, double[] expected)
    {
        // The first token may move, the second is not the text's and the third stands at its end.
        var words = tensor(new float[] { 3, 4, 9, 9, 9, 9 }, [1, 3, 2]);
        var movable = tensor(new float[] { 1, 0, 0 }, [1, 3]);
        var ball = new PerturbationBall(words, movable, norm, norm == PerturbationNorm.L2 ? 0.1 : 0.05 * Math.Sqrt(2));
        var gradient = tensor(new float[] { 3e-30f, 4e-30f, 5, 5, 5, 5 }, [1, 3, 2]);
        var moved = ball.Ascend(zeros_like(words), gradient, 1);

        AreNear(expected, moved, 1e-6);
        AreNear(expected, ball.Ascend(moved, gradient, 1), 1e-6);
    }

    [TestMethod]
    public void Ascend_NoGradient_StaysWhereItIs()
    {
        var words = ones(1, 2, 2);
        var ball = new PerturbationBall(words, ones(1, 2), PerturbationNorm.L2, 0.1);
        AreNear([0, 0, 0, 0], ball.Ascend(zeros_like(words), zeros_like(words), 1), 0);
    }

    [TestMethod]
    [DataRow(PerturbationNorm.L2)]
    [DataRow(PerturbationNorm.LInfinity)]
    public void Run_TrainedNetwork_StaysInTheBallAndRaisesEveryLoss(PerturbationNorm norm)
    {
        using var classifier = Trained();
        var texts = TrainingSamples.Labelled(40, Seeds);
        var batch = texts.Batch([.. Enumerable.Range(0, 40)], CPU);
        var words = classifier.Encoder.Words(batch.Ids).detach();
        var loss = new ClassificationLoss(LabelKind.Binary, 0);
        var attack = new EmbeddingAttack(norm, 0.2, 8, 0.25, FixedTokens: [7]);
        var perturbation = attack.Run(batch, words, moved => Losses(moved).sum());
        var ball = attack.Ball(batch, words);
        var sizes = norm == PerturbationNorm.L2
            ? (perturbation * perturbation).sum([1, 2]).sqrt()
            : perturbation.abs().amax(1, 2);
        using (no_grad())
        {
            Assert.IsTrue(sizes.le(ball.Radius.reshape(-1).Times(1.0001)).all().item<bool>());
            var moves = perturbation.abs().sum(-1).IsAbove(0);
            Assert.IsFalse(moves.logical_and(batch.Mask!.IsNot(1)).any().item<bool>());
            Assert.IsFalse(moves.logical_and(batch.Ids.IsNot(7).logical_not()).any().item<bool>());

            // One step of the same length in a direction of chance does far less.
            var random = Seeds.Fork("direction").CreateRandom();
            var direction = tensor(
                [.. Enumerable.Range(0, (int)words.numel()).Select(_ => (float)random.NextGaussian())], words.shape);
            var chance = ball.Ascend(zeros_like(words), direction, 1);
            var before = Losses(words).data<float>().ToArray();
            var after = Losses(words.Plus(perturbation)).data<float>().ToArray();
            Assert.IsTrue(before.Zip(after).All(pair => pair.Second > pair.First));
            Assert.IsGreaterThan(
                before.Average() + (3 * Math.Abs(Losses(words.Plus(chance)).mean().item<float>() - before.Average())),
                after.Average());
        }

        Tensor Losses(Tensor moved)
        {
            var (pooled, scores) = classifier.Classify(moved, batch.Types, batch.Mask);
            return loss.OfRows(new ForwardPass(batch, moved, pooled, scores));
        }
    }

    [TestMethod]
    [DataRow(AdversaryKind.Fgm)]
    [DataRow(AdversaryKind.Pgd)]
    public void Accumulate_WeightZero_GivesTheGradientsOfTheTexts(AdversaryKind adversary) => AssertGradients(
        Gradients(null, 0), Gradients(adversary, 0), 1e-6);

    [TestMethod]
    public void Accumulate_FreeInOnePass_GivesTheGradientsOfTheTexts() => AssertGradients(
        Gradients(null, 0), Gradients(AdversaryKind.Free, 0, steps: 1), 1e-6);

    // The loss is a sum of both, and dropout the same in all passes.
    [TestMethod]
    public void Accumulate_HalfWeight_IsTheMeanOfBothGradients() => AssertGradients(
        [.. Gradients(AdversaryKind.Pgd, 0).Zip(Gradients(AdversaryKind.Pgd, 1), (a, b) => (a + b) / 2)],
        Gradients(AdversaryKind.Pgd, 0.5),
        1e-6);

    [TestMethod]
    [DataRow(AdversaryKind.Fgm, PerturbationNorm.LInfinity)]
    [DataRow(AdversaryKind.Pgd, PerturbationNorm.L2)]
    [DataRow(AdversaryKind.Free, PerturbationNorm.L2)]
    public void Run_Adversary_LearnsTheSameEachTimeAndLeavesNoTensor(AdversaryKind adversary, PerturbationNorm norm)
    {
        var before = TorchRuntime.LiveTensors;
        var (first, second) = (Train(), Train());

        CollectionAssert.AreEqual(first, second);
        Assert.IsLessThan(first.Take(10).Average() * 0.95, first.TakeLast(10).Average());
        Assert.AreEqual(before, TorchRuntime.LiveTensors);

        double[] Train()
        {
            var losses = new List<double>();
            Trained(adversary, norm, losses).Dispose();
            return [.. losses];
        }
    }

    private static float[] Gradients(AdversaryKind? adversary, double weight, int steps = 2)
    {
        var random = new DropoutRandom(Seeds);
        using var classifier = TrainingSamples.Classifier(TrainingSamples.Encoder, Seeds, random);
        var batch = TrainingSamples.Labelled(12, Seeds).Batch([.. Enumerable.Range(0, 12)], CPU, Seeds.Fork("batch"));
        random.Seed(batch.Seeds!.Fork("dropout"));
        Objective(classifier, random, adversary, PerturbationNorm.L2, weight, steps).Accumulate(batch, 0.5);
        return [.. classifier.parameters().SelectMany(p => p.grad?.reshape(-1).data<float>().ToArray() ?? [])];
    }

    private static void AssertGradients(float[] expected, float[] actual, double tolerance)
    {
        Assert.HasCount(expected.Length, actual);
        Assert.IsTrue(expected.Any(g => Math.Abs(g) > 1e-3));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], tolerance, $"element {i}");
        }
    }

    private static ITrainingObjective Objective(
        TextClassifier classifier,
        DropoutRandom random,
        AdversaryKind? adversary,
        PerturbationNorm norm = PerturbationNorm.L2,
        double weight = 0.5,
        int steps = 2)
    {
        var loss = new ClassificationLoss(LabelKind.Binary, 0);
        var plain = new ClassificationObjective(classifier, [loss], Precision.Float32);
        return adversary is not { } chosen ? plain : new AdversarialObjective(
            plain, loss, chosen, new EmbeddingAttack(norm, 0.2, steps, 0.7, [0]), weight, random);
    }

    private static TextClassifier Trained(
        AdversaryKind? adversary = null, PerturbationNorm norm = PerturbationNorm.L2, List<double>? losses = null)
    {
        var random = new DropoutRandom(Seeds);
        var classifier = TrainingSamples.Classifier(TrainingSamples.Encoder, Seeds, random);
        using var loop = new TrainingLoop(
            new TrainingPlan { BatchSize = 16, NumberOfEpochs = 4, LearningRate = 5e-3, GradientClipping = 1 },
            Objective(classifier, random, adversary, norm),
            TrainingSamples.Labelled(320, Seeds),
            [.. Enumerable.Range(0, 320)],
            [],
            random,
            new FitContext { Seeds = Seeds },
            CPU)
        { StepTaken = step => losses?.Add(step.Loss) };
        loop.Run();
        return classifier;
    }
}
