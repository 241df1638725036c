using Evenhand.Configuration.Randomness;
using Evenhand.Learning.Recommendation.Ease;
using Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;
using Evenhand.Learning.Recommendation.ItemKnn;
using Evenhand.Learning.Recommendation.PairwiseRanking;
using Evenhand.Learning.Recommendation.Slim;
using Evenhand.Learning.Recommendation.UserKnn;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class MovieLensTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(1), Threads = 2 };

    [TestMethod]
    public void Recommend_PersonalModels_BeatPopularityByAQuarter() =>
        new MovieLensRanking().AssertBeatPopularityByAQuarter(
            Context,
            new EaseLearner(new EaseOptions()),
            new ItemKnnLearner(new ItemKnnOptions()),
            new UserKnnLearner(new UserKnnOptions()),
            new SlimLearner(new SlimOptions { L1Regularization = 10 }),
            new ImplicitAlternatingLeastSquaresLearner(new ImplicitAlternatingLeastSquaresOptions()),
            new BprLearner(new BprOptions()),
            new WarpLearner(new WarpOptions()));
}
