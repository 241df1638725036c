using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation.Popularity;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class PopularityLearnerTests
{
    private static readonly Vocabulary Names = LearningSamples.Names("n", 3);
    private static readonly FitContext Context = new() { Seeds = new SeedTree(0) };

    [TestMethod]
    [DataRow(PopularityMeasure.Rows, new double[] { 3, 1, 0 })]
    [DataRow(PopularityMeasure.Users, new double[] { 2, 1, 0 })]
    public void Fit_RepeatedChoice_CountsRowsOrUsers(PopularityMeasure measure, double[] expected)
    {
        var data = LearningSamples.Ratings(Names, Names, [0, 0, 1, 1], [0, 0, 0, 1], [1, 1, 1, 1]);
        var learner = new PopularityLearner(new PopularityOptions { Measure = measure });
        var model = (PopularityModel)learner.Fit(data, Context);
        CollectionAssert.AreEqual(expected, model.Counts.ToArray());
    }

    [TestMethod]
    public void Fit_Weights_AddsThem()
    {
        var data = LearningSamples.Ratings(Names, Names, [0, 1, 2], [0, 0, 2], [1, 1, 1], [0.5, 2, 4]);
        var model = (PopularityModel)new PopularityLearner(new PopularityOptions()).Fit(data, Context);
        CollectionAssert.AreEqual(new[] { 2.5, 0, 4 }, model.Counts.ToArray());
    }
}
