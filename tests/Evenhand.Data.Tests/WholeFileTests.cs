using Evenhand.Configuration;
using Evenhand.Data.Tests.Reading;

namespace Evenhand.Data.Tests;

/// <summary>Where a file is written: in the place of a file, through a link, into a device.</summary>
[TestClass]
public sealed class WholeFileTests
{
    [TestMethod]
    public void Write_Twice_LeavesTheSecondContentAlone()
    {
        using var folder = new DataFolder();
        WholeFile.Write(folder["file.txt"], "first");
        WholeFile.Write(folder["file.txt"], "second");

        Assert.AreEqual("second", File.ReadAllText(folder["file.txt"]));
        Assert.HasCount(1, Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void Write_ToALink_WritesTheFileThatItLeadsTo()
    {
        using var folder = new DataFolder();
        var file = Path.Combine(folder.Path, "file.txt");
        var link = Path.Combine(folder.Path, "link.txt");
        File.WriteAllText(file, "old");
        File.CreateSymbolicLink(link, file);
        WholeFile.Write(link, "new");

        Assert.AreEqual("new", File.ReadAllText(file));
        Assert.AreEqual(file, new FileInfo(link).LinkTarget);
        Assert.HasCount(2, Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void Write_ToADevice_WritesIntoIt()
    {
        // An open file under its name among the devices: no file can be put in its place.
        using var folder = new DataFolder();
        var file = Path.Combine(folder.Path, "file.txt");
        using (var open = new FileStream(file, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            WholeFile.Write($"/dev/fd/{open.SafeFileHandle.DangerousGetHandle()}", "text");
        }

        Assert.AreEqual("text", File.ReadAllText(file));
    }

    [TestMethod]
    public void Write_ToAFolder_IsRefusedByName()
    {
        using var folder = new DataFolder();
        var error = Assert.ThrowsExactly<UnauthorizedAccessException>(() => WholeFile.Write(folder.Path, "text"));
        Assert.AreEqual($"{folder.Path} cannot be written: it is a folder.", error.Message);
    }
}
