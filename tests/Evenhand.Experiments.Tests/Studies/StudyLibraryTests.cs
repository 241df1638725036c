using Evenhand.Configuration;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Studies;
using Evenhand.Experiments.Tests.Files;
using Evenhand.Experiments.Tests.Leaderboards;
using Evenhand.Tuning.Storage;

namespace Evenhand.Experiments.Tests.Studies;

[TestClass]
public sealed class StudyLibraryTests
{
    private static readonly StudyDefinition Definition = PlanSamples.Definition(Text.With());

    [TestMethod]
    public void Create_SameExperimentAgain_GetsTheNextName()
    {
        using var folder = new TemporaryFolder();
        using var library = StudyLibrary.OpenOrCreate(folder.Path, Registries.Full);

        var names = Enumerable.Range(0, 3).Select(_ => Create(library).Name).ToArray();

        CollectionAssert.AreEqual(new[] { "test", "test-2", "test-3" }, names);
        Assert.AreEqual("test-3", library.Find("latest").Name);
        Assert.AreEqual("test", library.Find("test").Name);
    }

    [TestMethod]
    public void Create_NameThatIsTaken_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var library = StudyLibrary.OpenOrCreate(folder.Path, Registries.Full);
        Create(library, "mine");

        var refusal = Assert.ThrowsExactly<InputException>(() => Create(library, "mine"));

        StringAssert.Contains(refusal.Message, "resume mine");
    }

    [TestMethod]
    [DataRow("../up")]
    [DataRow("a/b")]
    [DataRow("Upper Case")]
    [DataRow("")]
    public void Create_NameThatIsNoFolderName_IsRefused(string name)
    {
        using var folder = new TemporaryFolder();
        using var library = StudyLibrary.OpenOrCreate(folder.Path, Registries.Full);

        Assert.ThrowsExactly<InputException>(() => Create(library, name));
    }

    [TestMethod]
    [DataRow("../up")]
    [DataRow("/etc")]
    [DataRow("")]
    [DataRow("a\u001b[2Jb")]
    public void Artifacts_NameInTheDatabaseThatIsNoStudys_IsRefused(string name)
    {
        using var folder = new TemporaryFolder();
        using var library = StudyLibrary.OpenOrCreate(folder.Path, Registries.Full);
        library.Storage.CreateStudy(new StudyRecord(name, "test", Definition.ToJson(), DateTimeOffset.UnixEpoch));

        var refusal = Assert.ThrowsExactly<InputException>(() => library.Artifacts(library.Find("latest")));

        StringAssert.Contains(refusal.Message, "is no name that a study can have");
        Assert.IsFalse(refusal.Message.Any(char.IsControl));
    }

    [TestMethod]
    public void OpenOrCreate_FolderThatCannotBeMade_IsRefused()
    {
        using var folder = new TemporaryFolder();
        foreach (var store in new[] { Path.Combine(folder.Write("file", ""), "store"), "/proc/no/store" })
        {
            var refusal = Assert.ThrowsExactly<InputException>(() => StudyLibrary.OpenOrCreate(store, Registries.Full));
            StringAssert.Contains(refusal.Message, $"The store '{store}' cannot be made");
        }
    }

    [TestMethod]
    [DataRow("{ \"file\": \"a.yaml\" }")]
    [DataRow("null")]
    public void FromJson_DefinitionOfAnotherVersion_IsRefused(string json) => StringAssert.Contains(
        Assert.ThrowsExactly<InputException>(() => StudyDefinition.FromJson(json)).Message, "another version of Evenhand");

    [TestMethod]
    public void Find_NameOfAnExperiment_IsItsLatestStudy()
    {
        using var folder = new TemporaryFolder();
        using var library = StudyLibrary.OpenOrCreate(folder.Path, Registries.Full);
        Create(library, "first");
        Create(library, "second");

        Assert.AreEqual("second", library.Find("test").Name);
    }

    [TestMethod]
    public void Find_Typo_NamesTheNearest()
    {
        using var folder = new TemporaryFolder();
        using var library = StudyLibrary.OpenOrCreate(folder.Path, Registries.Full);
        Create(library, "movielens");

        var refusal = Assert.ThrowsExactly<InputException>(() => library.Find("movilens"));

        StringAssert.Contains(refusal.Message, "'movielens'");
    }

    [TestMethod]
    public void Open_FolderWithoutStudies_SaysHowToMakeOne()
    {
        using var folder = new TemporaryFolder();

        var refusal = Assert.ThrowsExactly<InputException>(() => StudyLibrary.Open(folder.Path, Registries.Full));

        StringAssert.Contains(refusal.Message, "evenhand run");
    }

    [TestMethod]
    public void Open_SqliteFile_FindsWhatTheFolderHas()
    {
        using var folder = new TemporaryFolder();
        var figures = new Dictionary<int, EvaluationFigures> { [7] = PlanSamples.Figures(0.9, 0.1) };
        using (var library = StudyLibrary.OpenOrCreate(folder.Path, Registries.Full))
        {
            library.Artifacts(Create(library, "mine")).WriteTest(figures);
        }

        using var same = StudyLibrary.Open($"sqlite:{folder.Path}/studies.db", Registries.Full);
        Assert.AreEqual(0.9, same.Artifacts(same.Find("mine")).ReadTest()[7].Metrics["rmse"].Value);
    }

    [TestMethod]
    public void OpenOrCreate_SqliteFileOfAnyName_KeepsArtifactsBesideIt()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "new", "fair.db");
        using var library = StudyLibrary.OpenOrCreate($"sqlite:{file}", Registries.Full);
        library.Artifacts(Create(library, "mine")).WriteTest(new Dictionary<int, EvaluationFigures>());

        Assert.IsTrue(File.Exists(file));
        Assert.IsTrue(File.Exists(Path.Combine($"{file}-artifacts", "mine", "test.json")));
    }

    [TestMethod]
    public void OpenOrCreate_Memory_KeepsNothing()
    {
        using (var library = StudyLibrary.OpenOrCreate("memory:", Registries.Full))
        {
            var files = library.Artifacts(Create(library, "mine"));
            files.WriteTest(new Dictionary<int, EvaluationFigures> { [7] = PlanSamples.Figures(0.9, 0.1) });
            Assert.AreEqual(0.9, files.ReadTest()[7].Metrics["rmse"].Value);
            StringAssert.Contains(
                Assert.ThrowsExactly<InputException>(() => Create(library, "mine")).Message, "There is a study 'mine'");
        }

        Assert.IsNull(StudyLibrary.TryOpen("memory:", Registries.Full));
    }

    [TestMethod]
    [DataRow("sqlit:fair.db", "'sqlit:fair.db': there is no storage 'sqlit'. Did you mean 'sqlite'?")]
    [DataRow("postgres://me:secret@host/db", "'postgres://me:***@host/db': there is no storage 'postgres'.")]
    [DataRow("mongo:db", "--store names FOLDER, sqlite:FILE, memory:;")]
    [DataRow("sqlite:", "The store 'sqlite:' names no file")]
    [DataRow("sqlite:.", "The store 'sqlite:.' is a folder")]
    [DataRow("memory:x", "The store 'memory:x' has a name")]
    [DataRow("folder:", "The store 'folder:' names no folder")]
    [DataRow(" ", "The store has no name")]
    public void OpenOrCreate_AddressThatCannotBe_IsRefused(string store, string expected)
    {
        var refusal = Assert.ThrowsExactly<InputException>(() => StudyLibrary.OpenOrCreate(store, Registries.Full));
        StringAssert.Contains(refusal.Message, expected);
    }

    [TestMethod]
    public void WriteTest_ReadAgain_IsTheSame()
    {
        using var folder = new TemporaryFolder();
        using var library = StudyLibrary.OpenOrCreate(folder.Path, Registries.Full);
        var files = library.Artifacts(Create(library));
        files.WriteTest(new Dictionary<int, EvaluationFigures> { [7] = PlanSamples.Figures(0.9, 0.1), [3] = PlanSamples.Figures(0.8, 0.2) });

        var read = files.ReadTest();

        CollectionAssert.AreEqual(new[] { 3, 7 }, read.Keys.ToArray());
        Assert.AreEqual(0.9, read[7].Metrics["rmse"].Value);
        Assert.IsFalse(Directory.EnumerateFiles(folder.Path, "*.tmp", SearchOption.AllDirectories).Any());
    }

    private static StudyRecord Create(StudyLibrary library, string? name = null) =>
        library.Create("test", Definition, name, DateTimeOffset.UnixEpoch);
}
