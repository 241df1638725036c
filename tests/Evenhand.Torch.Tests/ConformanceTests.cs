using Evenhand.TestKit.Learning;

namespace Evenhand.Torch.Tests;

[TestClass]
[DoNotParallelize]
public sealed class ConformanceTests : LearnerConformance<LearnerCases>
{
    [TestInitialize]
    public void Require() => TorchTest.RequireTorch();
}
