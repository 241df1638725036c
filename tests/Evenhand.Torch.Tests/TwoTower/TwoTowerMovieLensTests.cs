using Evenhand.Configuration.Randomness;
using Evenhand.Learning;
using Evenhand.TestKit.Learning;
using Evenhand.Torch.TwoTower;

namespace Evenhand.Torch.Tests.TwoTower;

[TestClass]
[DoNotParallelize]
public sealed class TwoTowerMovieLensTests
{
    [TestMethod]
    public void Recommend_FewEpochs_BeatsPopularityByAQuarter()
    {
        TorchTest.RequireTorch();
        var options = new TwoTowerOptions { ApproximationRank = 32, NumberOfEpochs = 5 };
        new MovieLensRanking().AssertBeatPopularityByAQuarter(
            new FitContext { Seeds = new SeedTree(1) }, new TwoTowerLearner(options));
    }
}
