using System.Diagnostics;
using Evenhand.Configuration;
using Evenhand.Data.Reading;

namespace Evenhand.Data.Tests.Reading;

[TestClass]
public sealed class InputFileTests
{
    [TestMethod]
    public void ReadText_BytesThatAreNotUtf8_AreNamedWithLineAndColumn()
    {
        using var folder = new DataFolder();
        var path = folder.Write("x.yaml", [.. "name: x\n"u8, .. "title: caf\u00e9 "u8, 0xE9, (byte)'\n']);

        var refusal = Assert.ThrowsExactly<InputException>(() => InputFile.ReadText(path));

        Assert.AreEqual((2L, 13L), (refusal.Line, refusal.Column));
        Assert.Contains("byte 0xE9 is not UTF-8", refusal.Message);
    }

    [TestMethod]
    public void ReadText_ByteOrderMark_TellsTheEncoding()
    {
        using var folder = new DataFolder();
        var path = folder.Write("x.yaml", [0xFF, 0xFE, (byte)'a', 0]);

        Assert.AreEqual("a", InputFile.ReadText(path));
    }

    [TestMethod]
    [DataRow("/dev/zero", "a pipe or a device")]
    [DataRow("/dev/null", "a pipe or a device")]
    [DataRow("/", "a folder")]
    [DataRow("/nowhere/x.csv", "does not exist")]
    [DataRow("a\0b", "NUL")]
    public void Open_NoPlainFile_IsRefused(string path, string expected)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Inconclusive("Devices have these names on Linux.");
        }

        Assert.Contains(expected, Assert.ThrowsExactly<InputException>(() => InputFile.Open(path)).Message);
    }

    [TestMethod]
    public void Load_Pipe_IsRefusedAtOnce()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Inconclusive("mkfifo is of Linux.");
        }

        using var folder = new DataFolder();
        using (var process = Process.Start("mkfifo", [folder["pipe.csv"]]))
        {
            process.WaitForExit();
        }

        var refusal = Assert.ThrowsExactly<InputException>(
            () => folder.Read("pipe.csv", "", "name: id, type: category"));

        Assert.AreEqual(folder["pipe.csv"], refusal.File);
        Assert.Contains("a pipe or a device, not a plain file", refusal.Message);
    }
}
