using System.Runtime.InteropServices;
using Evenhand.Torch.Native;
using Evenhand.Torch.Runtime;
using TorchSharp;

namespace Evenhand.Torch.Tests.Native;

[TestClass]
public sealed class TorchLibraryTests : TorchTest
{
    private const string Library = "libstdc++.so.6";
    private const string Marker = "GLIBCXX_3.4.32";

    private static readonly string Path = System.IO.Path.Combine(
        AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    [TestMethod]
    public void TryMakeOptional_VersionThatNothingRefersTo_ChangesItsFlagAlone()
    {
        var (before, after) = (Read(), Read());

        Assert.IsTrue(new SymbolVersions(after).TryMakeOptional(Library, Marker));

        var changed = Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]).ToArray();
        Assert.HasCount(1, changed);
        Assert.AreEqual(before[changed[0]] | 2, after[changed[0]]);
    }

    [TestMethod]
    [DataRow(Library, "GLIBCXX_3.4.21", DisplayName = "a version whose symbols are used")]
    [DataRow(Library, "GLIBCXX_9.9.99", DisplayName = "a version that is not asked for")]
    [DataRow("libm.so.6", Marker, DisplayName = "another library")]
    public void TryMakeOptional_AnyOther_LeavesTheBytes(string library, string version)
    {
        var (before, after) = (Read(), Read());

        Assert.IsFalse(new SymbolVersions(after).TryMakeOptional(library, version));

        CollectionAssert.AreEqual(before, after);
    }

    [TestMethod]
    public void TryMakeOptional_NoLibraryOfLinux_LeavesTheBytes() =>
        Assert.IsFalse(new SymbolVersions(new byte[100]).TryMakeOptional(Library, Marker));

    [TestMethod]
    public void LoadWithoutMarker_AnySystem_FindsTheFunctions()
    {
        RequireLinux();
        var library = TorchLibrary.LoadWithoutMarker(Path);

        Assert.AreNotEqual(0, library);
        Assert.IsTrue(NativeLibrary.TryGetExport(library, "THSTensor_add", out _));
    }

    [TestMethod]
    public void TryLoad_SystemThatHasTheMarker_TakesTheFileItself()
    {
        RequireLinux();
        var byPath = NativeLibrary.TryLoad(Path, out _);

        // What the process has mapped: the file, or the copy in memory.
        var mapped = File.ReadLines("/proc/self/maps").Any(line => line.EndsWith(Path, StringComparison.Ordinal));
        Assert.AreEqual(byPath, mapped);
        Assert.IsTrue(TorchLibrary.TryLoad());
        Assert.AreEqual(3f, torch.ones(1).Plus(2).item<float>());
    }

    private static byte[] Read()
    {
        RequireLinux();
        return File.ReadAllBytes(Path);
    }

    private static void RequireLinux()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            Assert.Inconclusive("Only TorchSharp's library for linux-x64 asks for the marker.");
        }
    }
}
