namespace Evenhand.Configuration.Tests;

/// <summary>Where a file is written: in the place of a file, through a link, into a device.</summary>
[TestClass]
public sealed class WholeFileTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evenhand-").FullName;

    [TestCleanup]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Write_Twice_LeavesTheSecondContentAlone()
    {
        var file = Path.Combine(_folder, "file.txt");
        WholeFile.Write(file, "first");
        WholeFile.Write(file, "second");

        Assert.AreEqual("second", File.ReadAllText(file));
        Assert.HasCount(1, Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void Write_ToALink_WritesTheFileThatItLeadsTo()
    {
        var file = Path.Combine(_folder, "file.txt");
        var link = Path.Combine(_folder, "link.txt");
        File.WriteAllText(file, "old");
        File.CreateSymbolicLink(link, file);
        WholeFile.Write(link, "new");

        Assert.AreEqual("new", File.ReadAllText(file));
        Assert.AreEqual(file, new FileInfo(link).LinkTarget);
        Assert.HasCount(2, Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void Write_ToADevice_WritesIntoIt()
    {
        // An open file under its name among the devices: no file can be put in its place.
        var file = Path.Combine(_folder, "file.txt");
        using (var open = new FileStream(file, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            WholeFile.Write($"/dev/fd/{open.SafeFileHandle.DangerousGetHandle()}", "text");
        }

        Assert.AreEqual("text", File.ReadAllText(file));
    }

    [TestMethod]
    public void Write_ToAFolder_IsRefusedByName()
    {
        var error = Assert.ThrowsExactly<UnauthorizedAccessException>(() => WholeFile.Write(_folder, "text"));
        Assert.AreEqual($"{_folder} cannot be written: it is a folder.", error.Message);
    }
}
