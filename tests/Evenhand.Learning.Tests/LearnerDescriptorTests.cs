using Evenhand.Configuration;
using Evenhand.Learning.Recommendation.MatrixFactorization;
using Evenhand.Learning.Recommendation.Popularity;
using Evenhand.Learning.Text.LogisticRegression;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests;

[TestClass]
public sealed class LearnerDescriptorTests
{
    [TestMethod]
    public void Learners_Names_AreThoseOfExperimentFiles() => CollectionAssert.AreEqual(
        new[]
        {
            "bias", "popularity", "time-bounded-popularity", "item-knn", "user-knn", "ease", "slim",
            "matrix-factorization", "als", "ials", "svd-plus-plus", "bpr", "warp", "factorization-machine", "ensemble",
            "logistic-regression", "fast-text", "naive-bayes", "distilled", "linear-classification", "linear-regression",
        },
        TestRegistry.Shared.All<LearnerDescriptor>().Select(l => l.Name).ToArray());

    [TestMethod]
    public void Get_Typo_SuggestsTheName() => Assert.Contains(
        "Did you mean 'matrix-factorization'?",
        Assert.ThrowsExactly<InputException>(() => TestRegistry.Shared.Get<LearnerDescriptor>("matrix-factorisation")).Message);

    [TestMethod]
    public void Create_OptionsOfAnother_Throws() => Assert.ThrowsExactly<ArgumentException>(
        () => TestRegistry.Shared.Get<LearnerDescriptor>("bias").Create(new PopularityOptions()));

    [TestMethod]
    public void Validate_OutOfRange_NamesKeyValueAndRange()
    {
        var options = new MatrixFactorizationOptions { LearningRate = 11 };
        var message = Assert.ThrowsExactly<InputException>(options.Validate).Message;
        Assert.AreEqual("learningRate is 11; it must be between 1E-06 and 10.", message);
    }

    [TestMethod]
    public void Validate_NotANumberOrMember_Throws()
    {
        Assert.ThrowsExactly<InputException>(new MatrixFactorizationOptions { Lambda = double.NaN }.Validate);
        Assert.ThrowsExactly<InputException>(new PopularityOptions { Measure = (PopularityMeasure)9 }.Validate);
    }

    [TestMethod]
    public void Validate_CharacterNgramsReversed_NamesBoth()
    {
        var options = new LogisticRegressionOptions { ShortestCharacterNgram = 4, LongestCharacterNgram = 3 };
        var message = Assert.ThrowsExactly<InputException>(options.Validate).Message;
        Assert.Contains("longestCharacterNgram is 3", message);
        Assert.Contains("shortestCharacterNgram (4)", message);
    }
}
