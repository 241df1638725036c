using Evenhand.Configuration.Randomness;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Mitigations.In;
using Evenhand.Learning.Mitigations.In.AdversarialDebiasing;
using Evenhand.Learning.Mitigations.In.PrecisionRecallPenalty;
using Evenhand.Learning.Mitigations.In.RatePenalty;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Fairness;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests.Fairness;

[TestClass]
public sealed class LossTermTests : TorchTest
{
    // Nine rows of three groups; the third has no positive row, the last row no group.
    private static readonly double[] First = [0.9, 0.2, 0.6, 0.7, 0.1, 0.4, 0.8, 0.3, 0.55];
    private static readonly double[] Second = [0.3, 0.6, 0.2, 0.9, 0.5, 0.8, 0.1, 0.7, 0.4];
    private static readonly double[] Labels = [1, 0, 1, 1, 0, 1, 0, 0, 1];
    private static readonly double[] Weights = [1, 2, 1, 0.5, 1, 3, 1, 1, 2];
    private static readonly int[] Groups = [0, 0, 0, 1, 1, 1, 2, 2, -1];

    [TestMethod]
    public void GradientReversal_AnyFactor_KeepsTheValueAndTurnsTheGradient()
    {
        var input = tensor(new[] { 0.1f, -3.7f, 1e-9f, 1e9f }).requires_grad_();
        var result = GradientReversal.Of(input, 0.3);
        (result * tensor(new[] { 1f, 2f, -4f, 0.5f })).sum().backward();

        CollectionAssert.AreEqual(input.data<float>().ToArray(), result.data<float>().ToArray());
        AreNear([-0.3, -0.6, 1.2, -0.15], input.grad!, 1e-7);
    }

    // numpy 1.24.2: q_g = share_g exp(0.5 sum of losses), rows times q_g / share_g; shares 6 / 8 and 2 / 8.
    [TestMethod]
    public void GroupDro_TwoSteps_EqualThoseByHand()
    {
        using var loss = new GroupDroLoss(new ClassificationLoss(LabelKind.Binary, 0), 0.5, [6, 2]);
        var pass = TermSamples.Pass(
            TermSamples.Scores([2, -1, 0.5, -2]), [1, 1, 0, 1], [1, 2, 1, 1], [0, 0, 1, -1]);

        Assert.AreEqual(1.1711303294852229, loss.Of(pass).item<float>(), 1e-6);
        AreNear([0.9929181822854546, 1.0212454531436366], tensor(loss.Factors), 1e-6);
        Assert.AreEqual(1.1713726961399544, loss.Of(pass).item<float>(), 1e-6);
        AreNear([0.9857382060651746, 1.0427853818044759], tensor(loss.Factors), 1e-6);

        // Outside of training each group weighs half of what both do, and nothing is remembered.
        loss.eval();
        Assert.AreEqual(1.182143247357893, loss.Of(pass).item<float>(), 1e-6);
        AreNear([0.9857382060651746, 1.0427853818044759], tensor(loss.Factors), 1e-6);
    }

    // numpy 1.24.2: values from the definitions, over the first batch and then over 0.95 of it and the second;
    // gradients by central differences in the batch's own counts.
    [TestMethod]
    [DataRow(
        "Selection",
        0.016990740740740744,
        new[] { 0.0005, 0.0017778, 0.0013333, -0.004537, -0.0038889, -0.0311111, 0.0137778, 0.0180833, 0 },
        0.006839172706931504,
        new[] { -0.0047165, -0.0107806, -0.0035935, 0.0013224, 0.0073467, 0.0141057, -0.0019081, -0.0044523, 0 })]
    [DataRow(
        "TruePositive",
        0.09433673469387749,
        new[] { 0.0276429, 0, 0.0737143, -0.0184286, 0, -0.1263673, 0, 0, 0 },
        0.019528270874424783,
        new[] { -0.0293462, 0, -0.022359, 0.0035934, 0, 0.0383297, 0, 0, 0 })]
    [DataRow(
        "PrecisionRecall",
        0.031006965128183232,
        new[] { 0.0151455, -0.03512, 0.040388, -0.0105265, 0.0079915, -0.0721815, 0, 0, 0 },
        0.0815760208527001,
        new[] { -0.047791, 0.0413531, -0.0364122, 0.0072369, -0.0315257, 0.0771932, 0, 0, 0 })]
    public void GroupPenalty_TwoBatches_EqualNumpy(
        string name, double first, double[] firstGradient, double second, double[] secondGradient)
    {
        PenaltyMitigation mitigation = Enum.TryParse<GroupRate>(name, out var rate)
            ? new RatePenalty(new RatePenaltyOptions { Rate = rate, Weight = 2 })
            : new PrecisionRecallPenalty(new PrecisionRecallPenaltyOptions { Weight = 2 });
        using var term = new GroupPenaltyTerm(mitigation.Start(), LabelKind.Binary, groups: 3, scores: 1);

        AssertTerm(First, first, firstGradient);
        AssertTerm(Second, second, secondGradient);
        term.eval();
        Assert.AreEqual(2 * second, term.Of(Pass(TermSamples.Scores(First))).item<float>(), 1e-6);

        void AssertTerm(double[] probabilities, double value, double[] gradient)
        {
            var scores = TermSamples.Scores(TermSamples.LogOdds(probabilities));
            var found = term.Of(Pass(scores));
            found.backward();
            Assert.AreEqual(2 * value, found.item<float>(), 1e-6);
            AreNear([.. gradient.Select(g => 2 * g)], scores.grad!, 2e-6);
        }
    }

    // Of three classes each is counted against the others; numpy 1.24.2.
    [TestMethod]
    public void GroupPenalty_ThreeClasses_EqualsNumpy()
    {
        var penalty = new RatePenalty(new RatePenaltyOptions { Weight = 1 }).Start();
        using var term = new GroupPenaltyTerm(penalty, LabelKind.Multiclass, groups: 2, scores: 3);
        float[] probabilities =
        [
            0.5f, 0.3f, 0.2f, 0.1f, 0.7f, 0.2f, 0.2f, 0.2f, 0.6f,
            0.6f, 0.3f, 0.1f, 0.25f, 0.5f, 0.25f, 0.3f, 0.3f, 0.4f,
        ];
        var pass = TermSamples.Pass(
            tensor(probabilities, [6, 3]).log(), new double[6], [1, 1, 1, 1, 1, 1], [0, 0, 0, 1, 1, 1]);
        pass = pass with { Batch = pass.Batch with { Targets = tensor(new long[] { 0, 1, 2, 0, 2, 1 }) } };

        Assert.AreEqual(0.09749999999999999, term.Of(pass).item<float>(), 1e-6);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Adversary_TenPasses_FollowsTheScheduleAndReversesTheGradient(bool conditionOnLabel)
    {
        using var term = Adversary(conditionOnLabel, passes: 10);
        var ahead = Gradient(term, [0, 1, 1]);
        CollectionAssert.AreEqual(new float[12], ahead);
        float[]? unit = null;
        for (var pass = 1; pass < 13; pass++)
        {
            var lambda = 0.5 * ((2 / (1 + Math.Exp(-10 * Math.Min(1, pass / 10.0)))) - 1);
            Assert.AreEqual(lambda, term.Lambda, 1e-12);
            var found = Array.ConvertAll(Gradient(term, [0, 1, 1]), g => (float)(g / -lambda));
            unit ??= found;
            AreNear(Array.ConvertAll(unit, g => (double)g), tensor(found), 1e-6);
        }

        // Down the gradient that is not turned the adversary knows more.
        var vectors = Vectors();
        term.eval();
        var before = term.Of(AdversaryPass(vectors, [0, 1, 1])).item<float>();
        var moved = (vectors.detach() - tensor(unit!, [3, 4]).Times(100)).requires_grad_();
        Assert.IsGreaterThan(before, term.Of(AdversaryPass(moved, [0, 1, 1])).item<float>());
    }

    [TestMethod]
    public void Adversary_RowOfUnknownGroup_TakesNoPart()
    {
        using var term = Adversary(conditionOnLabel: false, passes: 10);
        Gradient(term, [0, 1, 1]);
        var gradient = Gradient(term, [0, -1, 1]);

        CollectionAssert.AreEqual(new float[4], gradient[4..8]);
        Assert.IsTrue(gradient[..4].Any(g => g != 0));
        Assert.IsTrue(float.IsFinite(term.Of(AdversaryPass(Vectors(), [-1, -1, -1])).item<float>()));
    }

    [TestMethod]
    public void Adversary_OutsideOfTraining_IsWhatItKnows()
    {
        using var term = Adversary(conditionOnLabel: false, passes: 10);
        term.eval();
        var loss = term.Of(AdversaryPass(Vectors(), [0, 1, 1])).item<float>();

        // Weights near 0 guess evenly: the entropy of 0.8 nats less ln 2, times 0.5.
        Assert.AreEqual(0.5 * (0.8 - Math.Log(2)), loss, 0.01);
        Assert.AreEqual(0, term.Lambda);
    }

    private static ForwardPass Pass(Tensor scores) => TermSamples.Pass(scores, Labels, Weights, Groups);

    private static AdversarialDebiasingTerm Adversary(bool conditionOnLabel, long passes) => new(
        new AdversarialDebiasing(new AdversarialDebiasingOptions { Weight = 0.5, ConditionOnLabel = conditionOnLabel }),
        LabelClasses.Binary,
        width: 4,
        groups: 2,
        entropy: 0.8,
        passes,
        new WeightInitializer(new SeedTree(3).CreateRandom()),
        CPU);

    private static Tensor Vectors() =>
        tensor([.. Enumerable.Range(0, 12).Select(i => (float)Math.Sin(i))], [3, 4]).requires_grad_();

    private static ForwardPass AdversaryPass(Tensor vectors, int[] groups) =>
        TermSamples.Pass(zeros(3, 1), [1, 0, 1], [1, 2, 0.5], groups, vectors);

    private static float[] Gradient(AdversarialDebiasingTerm term, int[] groups)
    {
        var vectors = Vectors();
        term.Of(AdversaryPass(vectors, groups)).backward();
        return vectors.grad!.data<float>().ToArray();
    }
}
