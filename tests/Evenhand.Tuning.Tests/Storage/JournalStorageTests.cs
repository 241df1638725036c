using Evenhand.TestKit.Tuning;
using Evenhand.Tuning.Storage;
using Journal;

namespace Evenhand.Tuning.Tests.Storage;

/// <summary>The sample of docs/extending.md, written as a stranger would: it sees what is public.</summary>
[TestClass]
public sealed class JournalStorageTests : StorageConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("studies.jsonl");

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void CreateStudy_AfterAKilledWrite_DropsTheHalfLine()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(new StudyRecord("a", "a", "", TrialMaker.Noon));
        System.IO.File.AppendAllText(File, "{\"Study\":\"b\",");
        Assert.HasCount(1, storage.ListStudies());
        storage.CreateStudy(new StudyRecord("c", "c", "", TrialMaker.Noon));
        using var again = new JournalStorage(File, StorageAccess.Read);
        CollectionAssert.AreEqual(new[] { "a", "c" }, again.ListStudies().Select(study => study.Name).ToArray());
    }

    protected override StudyStorage OpenEmpty() => new JournalStorage(File, StorageAccess.Create);

    protected override StudyStorage OpenAgain(StudyStorage storage) => new JournalStorage(File, StorageAccess.Write);
}
