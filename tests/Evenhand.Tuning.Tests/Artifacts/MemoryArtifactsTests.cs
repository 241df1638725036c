using Evenhand.TestKit.Tuning;
using Evenhand.Tuning.Artifacts;

namespace Evenhand.Tuning.Tests.Artifacts;

[TestClass]
public sealed class MemoryArtifactsTests : ArtifactStoreConformance
{
    [TestMethod]
    public void Dispose_AfterScratchWasUsed_RemovesIt()
    {
        string folder;
        using (var store = new MemoryArtifacts())
        {
            folder = store.ScratchFolder("study/checkpoints/3");
            Directory.CreateDirectory(folder);
            Assert.IsTrue(store.Holds("study"));
        }

        Assert.IsFalse(Directory.Exists(folder));
    }

    protected override IArtifactStore OpenEmpty() => new MemoryArtifacts();

    protected override IArtifactStore OpenAgain(IArtifactStore store) => store;
}
