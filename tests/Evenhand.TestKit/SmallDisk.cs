using System.Diagnostics;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Evenhand.TestKit;

/// <summary>A disk of its own for one test, so small that it is soon full, or such that nothing can be written to
/// it.</summary>
/// <remarks>Memory that is mounted as a file system (tmpfs), which root alone can do; elsewhere the test is skipped and
/// says so.</remarks>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    /// <summary>The folder where it is mounted.</summary>
    public string Path { get; }

    /// <summary>A new disk; the test is skipped where none can be had.</summary>
    /// <param name="kilobytes">Its size.</param>
    public static SmallDisk Mount(int kilobytes)
    {
        var path = Directory.CreateTempSubdirectory("evenhand-disk-").FullName;
        if (!OperatingSystem.IsLinux() || !Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", path))
        {
            Directory.Delete(path);
            Assert.Inconclusive("A full disk needs root and tmpfs: sudo ./test.sh");
        }

        return new SmallDisk(path);
    }

    /// <summary>Gives it another size; what is there stays.</summary>
    public void Resize(int kilobytes) => Assert.IsTrue(Run("mount", "-o", $"remount,size={kilobytes}k", Path));

    /// <summary>Nothing can be written from here on.</summary>
    public void MakeReadOnly() => Assert.IsTrue(Run("mount", "-o", "remount,ro", Path));

    /// <inheritdoc/>
    public void Dispose()
    {
        Run("umount", "-l", Path);
        Directory.Delete(Path);
    }

    private static bool Run(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
