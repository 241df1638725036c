using Evenhand.TestKit.Tuning;
using Evenhand.Tuning.Artifacts;
using Evenhand.Tuning.Tests.Storage;

namespace Evenhand.Tuning.Tests.Artifacts;

[TestClass]
public sealed class FolderArtifactsTests : ArtifactStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Write_AnyArtifact_IsTheFileOfItsName()
    {
        using var store = OpenEmpty();
        Write(store, "study/models/3-1.model", "bytes");
        Assert.AreEqual("bytes", File.ReadAllText(_folder.File("study/models/3-1.model")));
        Assert.AreEqual(_folder.File("study/models/3-1.model"), store.Locate("study/models/3-1.model"));
        Assert.AreEqual(_folder.File("study/checkpoints/3"), store.ScratchFolder("study/checkpoints/3"));
    }

    [TestMethod]
    public void ListUnfinished_AfterAKilledWrite_TellsWhoseItWasAndIsDeletedByPart()
    {
        using var store = OpenEmpty();
        Directory.CreateDirectory(_folder.File("study/models"));
        File.WriteAllText(_folder.File("study/models/3-1.model.0f.tmp"), "half");
        File.WriteAllText(_folder.File("study/models/not ours.tmp"), "");

        var left = store.ListUnfinished("study").Single();

        Assert.AreEqual("study/models/3-1.model", left.Name);
        Assert.IsLessThan(TimeSpan.FromMinutes(1), (DateTime.UtcNow - left.Written).Duration());
        Assert.IsEmpty(store.List("study"));
        store.Delete(left.Part);
        Assert.IsEmpty(store.ListUnfinished("study"));
        Assert.IsTrue(File.Exists(_folder.File("study/models/not ours.tmp")));
    }

    [TestMethod]
    public void Write_BelowAFile_SaysWhichPath()
    {
        using var store = OpenEmpty();
        File.WriteAllText(_folder.File("study"), "");
        Assert.IsTrue(store.Holds("study"));
        var refusal = Assert.ThrowsExactly<UnauthorizedAccessException>(() => Write(store, "study/test.json", ""));
        StringAssert.Contains(refusal.Message, $"{_folder.File("study/test.json")} cannot be written");
    }

    protected override IArtifactStore OpenEmpty() => new FolderArtifacts(_folder.Path);

    protected override IArtifactStore OpenAgain(IArtifactStore store) => new FolderArtifacts(_folder.Path);
}
