using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation.Ease;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class EaseLearnerTests
{
    private static readonly EaseOptions Options = new() { Lambda = 0.5 };

    [TestMethod]
    public void Fit_SmallMatrix_HasTheWeightsOfTheFormula()
    {
        // P = numpy.linalg.inv(X.T @ X + 0.5 * numpy.eye(5)); B = P / (-numpy.diag(P)); B[diagonal] = 0
        double[] expected =
        [
            0.0, 0.46530612244897956, 0.25956738768718807, 0.056191467221644094, -0.12975391498881433,
            0.6620209059233451, 0.0, 0.13311148086522462, 0.23933402705515097, 0.5369127516778525,
            0.18118466898954705, 0.06530612244897961, 0.0, 0.15192507804370448, 0.08501118568232661,
            0.06271777003484313, 0.18775510204081633, 0.24292845257903495, 0.0, -0.19686800894854586,
            -0.20209059233449497, 0.5877551020408165, 0.18968386023294512, -0.27471383975026026, 0.0,
        ];
        var model = Fit(LinearSamples.Rows(LinearSamples.Choices));
        LinearSamples.AssertClose(expected, ToDoubles(model.Weights), 1e-6);

        // User 0 chose items 0, 1 and 4.
        var own = Enumerable.Range(0, 5).Select(item => expected[item] + expected[5 + item] + expected[20 + item]);
        LinearSamples.AssertClose([.. own], LinearSamples.Scores(model, 0), 1e-6);
    }

    [TestMethod]
    public void Fit_WeightsOfUsers_IsWeightedLeastSquares()
    {
        // As above with X'diag(1, 2, 0.5, 4, 1, 3)X.
        double[] expected =
        [
            0.0, 0.6205267938237966, 0.5845192641443943, 0.18968212610734753, -0.07152821813570072,
            0.7060768912773873, 0.0, -0.02811523776466519, 0.3996873371547681, 0.30957514267596703,
            0.34807771806531634, -0.014713896457765753, 0.0, -0.167274622199062, -0.007736207989854104,
            0.15047540305911536, 0.2786557674841053, -0.22283929191253027, 0.0, -0.17171845275840203,
            -0.1165770979743695, 0.44341507720254314, -0.021173203748698237, -0.3527879103699844, 0.0,
        ];
        double[] ofUsers = [1, 2, 0.5, 4, 1, 3];
        var weights = new double[6, 5];
        for (var cell = 0; cell < weights.Length; cell++)
        {
            weights[cell / 5, cell % 5] = ofUsers[cell / 5];
        }

        LinearSamples.AssertClose(
            expected, ToDoubles(Fit(LinearSamples.Rows(LinearSamples.Choices, weights)).Weights), 1e-6);
    }

    [TestMethod]
    public void Score_OwnHistoryOfATrainingUser_IsThatUsersScores()
    {
        var model = Fit(LinearSamples.Rows(LinearSamples.Choices));
        for (var user = 0; user < 6; user++)
        {
            CollectionAssert.AreEqual(
                LinearSamples.Scores(model, user), LinearSamples.FoldedIn(model, LinearSamples.Choices, user));
        }

        LinearSamples.AssertChecksFoldIn(model);
    }

    [TestMethod]
    public void Score_NoHistory_RanksByPopularity()
    {
        var model = Fit(LinearSamples.Rows(LinearSamples.Choices));
        double[] counts = [4, 4, 4, 2, 2];
        LinearSamples.AssertClose(counts, LinearSamples.Scores(model, Vocabulary.Missing), 1e-12);
        var scores = new double[5];
        model.Score([], [], scores);
        LinearSamples.AssertClose(counts, scores, 1e-12);
    }

    [TestMethod]
    public void Predict_Rows_AreTheScoresOfTheCatalogue()
    {
        var data = LearningSamples.Ratings(50, 300, 2000, new SeedTree(4));
        var model = (EaseModel)new EaseLearner(new EaseOptions()).Fit(data, LinearSamples.Context);
        var values = ((ScorePredictions)model.Predict(data)).Values;
        for (var row = 0; row < data.RowCount; row++)
        {
            Assert.AreEqual(
                LinearSamples.Scores(model, data.UserColumn!.Codes[row])[data.ItemColumn!.Codes[row]], values[row]);
        }
    }

    [TestMethod]
    public void Fit_TwoThreads_GivesTheModelOfOne()
    {
        var data = LearningSamples.Ratings(200, 500, 5000, new SeedTree(3));
        var learner = new EaseLearner(new EaseOptions());
        var one = (EaseModel)learner.Fit(data, LinearSamples.Context);
        var two = (EaseModel)learner.Fit(data, LinearSamples.Context with { Threads = 2 });
        Assert.IsTrue(one.Weights.SequenceEqual(two.Weights));
    }

    [TestMethod]
    public void Fit_TooManyItems_SaysWhatToUse()
    {
        var data = LearningSamples.Ratings(
            LearningSamples.Names("u", 1), LearningSamples.Names("i", 20_001), [0], [0], [1]);
        var message = Assert.ThrowsExactly<InputException>(() => Fit(data)).Message;
        Assert.Contains("20001 items", message);
        Assert.Contains("at most 20000", message);
        Assert.Contains("'slim'", message);
    }

    private static EaseModel Fit(Dataset data) => (EaseModel)new EaseLearner(Options).Fit(data, LinearSamples.Context);

    private static double[] ToDoubles(ReadOnlySpan<float> values) => Array.ConvertAll(values.ToArray(), v => (double)v);
}
