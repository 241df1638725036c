using System.Text;
using Evenhand.Tuning.Artifacts;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Evenhand.TestKit.Tuning;

/// <summary>What every <see cref="IArtifactStore"/> must do. Derive a test class and say how to open an empty
/// one.</summary>
public abstract class ArtifactStoreConformance
{
    /// <summary>A store without artifacts; the suite disposes of it.</summary>
    protected abstract IArtifactStore OpenEmpty();

    /// <summary>Another store of the same artifacts, as another process would open it; the same one where no other can
    /// be.</summary>
    protected abstract IArtifactStore OpenAgain(IArtifactStore store);

    [TestMethod]
    public void OpenRead_Written_GivesTheBytesFromTheirBeginning()
    {
        using var store = OpenEmpty();
        Write(store, "study/models/3-1.model", "one");
        using var stream = OpenAgain(store).OpenRead("study/models/3-1.model")!;
        Assert.AreEqual(3, stream.Length);
        Assert.AreEqual("one", Text(stream));
        stream.Position = 1;
        Assert.AreEqual("ne", Text(stream));
    }

    [TestMethod]
    public void OpenRead_NothingThere_IsNull()
    {
        using var store = OpenEmpty();
        Write(store, "study/a.json", "a");
        Assert.IsNull(store.OpenRead("study/b.json"));
        Assert.IsNull(store.OpenRead("study"));
    }

    [TestMethod]
    public void Write_Again_ReplacesTheWholeAndLeavesReadersTheLast()
    {
        using var store = OpenEmpty();
        Write(store, "study/test.json", "a long first text");
        using var before = store.OpenRead("study/test.json")!;
        Write(store, "study/test.json", "new");
        Assert.AreEqual("a long first text", Text(before));
        Assert.AreEqual("new", Read(store, "study/test.json"));
    }

    [TestMethod]
    public void Write_Fails_KeepsTheLastAndPassesTheErrorOn()
    {
        using var store = OpenEmpty();
        Write(store, "study/test.json", "first");
        foreach (var name in new[] { "study/test.json", "study/other.json" })
        {
            Assert.ThrowsExactly<InvalidOperationException>(() => store.Write(name, stream =>
            {
                stream.Write("half"u8);
                throw new InvalidOperationException();
            }));
        }

        Assert.AreEqual("first", Read(store, "study/test.json"));
        Assert.IsNull(store.OpenRead("study/other.json"));
        CollectionAssert.AreEqual(new[] { "study/test.json" }, store.List("study").ToArray());
        Assert.IsEmpty(store.ListUnfinished("study"));
    }

    [TestMethod]
    public void List_WhileOneIsWritten_HasTheWholeOnesAlone()
    {
        using var store = OpenEmpty();
        Write(store, "study/models/0-1.model", "");
        store.Write("study/models/1-1.model", stream =>
        {
            stream.Write("half"u8);
            stream.Flush();
            CollectionAssert.AreEqual(new[] { "study/models/0-1.model" }, store.List("study/models").ToArray());
            Assert.IsTrue(store.ListUnfinished("study").All(left =>
                left.Name == "study/models/1-1.model" && left.Part != left.Name));
        });
        Assert.HasCount(2, store.List("study/models"));
        Assert.IsEmpty(store.ListUnfinished("study"));
    }

    [TestMethod]
    public void List_OfAName_HasWhatIsBelowItAtAnyDepth()
    {
        using var store = OpenEmpty();
        string[] names = ["study/a", "study/b/c", "study/b/d/e", "study-2/a", "other/study/a"];
        foreach (var name in names)
        {
            Write(store, name, name);
        }

        CollectionAssert.AreEquivalent(names[..3], OpenAgain(store).List("study").ToArray());
        CollectionAssert.AreEquivalent(names[1..3], store.List("study/b").ToArray());
        Assert.IsEmpty(store.List("stud"));
        Assert.IsEmpty(store.List("study/a"));
    }

    [TestMethod]
    public void Holds_ArtifactOrWhatIsAboveOne_IsTrueUntilAllIsDeleted()
    {
        using var store = OpenEmpty();
        Assert.IsFalse(store.Holds("study"));
        Write(store, "study/models/1.model", "");
        Assert.IsTrue(store.Holds("study"));
        Assert.IsTrue(store.Holds("study/models/1.model"));
        Assert.IsFalse(store.Holds("stud"));
        Assert.IsFalse(store.Holds("study-2"));
    }

    [TestMethod]
    public void Delete_ThereOrNot_LeavesTheOthers()
    {
        using var store = OpenEmpty();
        Write(store, "study/a", "a");
        Write(store, "study/b", "b");
        store.Delete("study/a");
        store.Delete("study/a");
        store.Delete("none/a");
        Assert.IsNull(store.OpenRead("study/a"));
        CollectionAssert.AreEqual(new[] { "study/b" }, store.List("study").ToArray());
    }

    [TestMethod]
    public void TryLock_Held_IsRefusedUntilItIsGivenUp()
    {
        using var store = OpenEmpty();
        var again = OpenAgain(store);
        var held = store.TryLock("study/finalists.lock");
        Assert.IsNotNull(held);
        Assert.IsNull(store.TryLock("study/finalists.lock"));
        Assert.IsNull(again.TryLock("study/finalists.lock"));
        using var other = again.TryLock("study-2/finalists.lock");
        Assert.IsNotNull(other);
        held.Dispose();
        using var later = again.TryLock("study/finalists.lock");
        Assert.IsNotNull(later);
    }

    [TestMethod]
    public void ScratchFolder_SameName_IsTheSameFolderThatCanBeMade()
    {
        using var store = OpenEmpty();
        var folder = store.ScratchFolder("study/checkpoints/3");
        Assert.AreNotEqual(folder, store.ScratchFolder("study/checkpoints/33"));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "state"), "half");
        Assert.AreEqual(folder, store.ScratchFolder("study/checkpoints/3"));
        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("/etc/passwd")]
    [DataRow("../up")]
    [DataRow("study/../../up")]
    [DataRow("study/.")]
    [DataRow("study//a")]
    [DataRow("study/")]
    [DataRow("study\\a")]
    [DataRow("a\0b")]
    public void AnyCall_NameThatIsNone_IsRefused(string name)
    {
        using var store = OpenEmpty();
        Action[] calls =
        [
            () => store.Locate(name),
            () => store.Holds(name),
            () => store.OpenRead(name),
            () => store.Write(name, _ => { }),
            () => store.Delete(name),
            () => store.List(name),
            () => store.TryLock(name),
            () => store.ScratchFolder(name),
        ];
        foreach (var call in calls)
        {
            Assert.ThrowsExactly<ArgumentException>(call);
        }
    }

    [TestMethod]
    public void Write_FromManyThreads_LeavesWholeArtifacts()
    {
        using var store = OpenEmpty();
        Parallel.For(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 4 }, index =>
            Write(store, $"study/{index % 20}", new string((char)('a' + (index / 20)), 1000)));
        Assert.HasCount(20, store.List("study"));
        foreach (var name in store.List("study"))
        {
            Assert.HasCount(1, Read(store, name).Distinct().ToArray());
        }
    }

    /// <summary>Writes a text.</summary>
    protected static void Write(IArtifactStore store, string name, string text) =>
        store.Write(name, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static string Read(IArtifactStore store, string name)
    {
        using var stream = store.OpenRead(name)!;
        return Text(stream);
    }

    private static string Text(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        return reader.ReadToEnd();
    }
}
