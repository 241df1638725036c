using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation.Bias;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class BiasLearnerTests
{
    private static readonly Vocabulary Users = LearningSamples.Names("u", 3);
    private static readonly Vocabulary Items = LearningSamples.Names("i", 3);
    private static readonly FitContext Context = new() { Seeds = new SeedTree(0) };
    private static readonly BiasOptions Options = new() { UserDamping = 1, ItemDamping = 1, ClipToLabelRange = false };

    [TestMethod]
    public void Fit_ThreeRatings_EqualsFormulaWorkedByHand()
    {
        // Mean 4. bi0 = (1 + 0) / (1 + 2), bi1 = -1 / (1 + 1).
        // bu0 = ((5 - 4 - 1/3) + (3 - 4 + 1/2)) / (1 + 2) = 1/18, bu1 = (4 - 4 - 1/3) / (1 + 1).
        var model = Fit(LearningSamples.Ratings(Users, Items, [0, 0, 1], [0, 1, 0], [5, 3, 4]));
        Assert.AreEqual(4, model.Mean);
        AssertEqual([1.0 / 3, -1.0 / 2, 0], model.ItemBiases);
        AssertEqual([1.0 / 18, -1.0 / 6, 0], model.UserBiases);
        var test = LearningSamples.Ratings(Users, Items, [0, 1, 2, -1, 2], [1, 1, 0, 0, 2], [0, 0, 0, 0, 0]);
        AssertEqual(
            [4 + (1.0 / 18) - 0.5, 4 - (1.0 / 6) - 0.5, 4 + (1.0 / 3), 4 + (1.0 / 3), 4],
            ((RatingPredictions)model.Predict(test)).Values);
    }

    [TestMethod]
    public void Fit_WeightTwo_EqualsTheRowTwice()
    {
        var weighted = Fit(LearningSamples.Ratings(Users, Items, [0, 1], [0, 1], [5, 3], [2, 1]));
        var repeated = Fit(LearningSamples.Ratings(Users, Items, [0, 0, 1], [0, 0, 1], [5, 5, 3]));
        Assert.AreEqual(repeated.Mean, weighted.Mean, 1e-12);
        AssertEqual(repeated.UserBiases, weighted.UserBiases);
        AssertEqual(repeated.ItemBiases, weighted.ItemBiases);
    }

    [TestMethod]
    public void Predict_Clipped_StaysInTheRangeOfTheLabels()
    {
        var data = LearningSamples.Ratings(Users, Items, [0, 0, 1, 2], [0, 1, 0, 2], [5, 5, 5, 1]);
        var model = new BiasLearner(new BiasOptions { UserDamping = 0, ItemDamping = 0 }).Fit(data, Context);
        foreach (var value in ((RatingPredictions)model.Predict(data)).Values)
        {
            Assert.IsTrue(value is >= 1 and <= 5);
        }
    }

    [TestMethod]
    public void Fit_MissingLabels_SaysHowMany()
    {
        var data = LearningSamples.Ratings(Users, Items, [0, 1, 2], [0, 1, 2], [double.NaN, 3, double.NaN]);
        Assert.Contains(
            "missing in 2 of 3 rows", Assert.ThrowsExactly<InputException>(() => Fit(data)).Message);
    }

    [TestMethod]
    public void Fit_WeightNotPositive_SaysWhere()
    {
        var data = LearningSamples.Ratings(Users, Items, [0, 1], [0, 1], [4, 3], [1, 0]);
        Assert.Contains(
            "'weight' is 0 in row 1", Assert.ThrowsExactly<InputException>(() => Fit(data)).Message);
    }

    private static BiasModel Fit(Dataset data) => (BiasModel)new BiasLearner(Options).Fit(data, Context);

    private static void AssertEqual(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.AreEqual(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], 1e-12);
        }
    }
}
