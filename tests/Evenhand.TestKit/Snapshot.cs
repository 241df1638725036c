using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Evenhand.TestKit;

/// <summary>Compares what the code makes with a file that is committed, so that every change is seen in
/// review.</summary>
public static class Snapshot
{
    /// <summary>Set to 1, this environment variable lets <see cref="Verify"/> write the files instead of comparing
    /// them.</summary>
    public const string UpdateVariable = "EVENHAND_UPDATE_SNAPSHOTS";

    /// <summary>The folder of the repository: the nearest one above the tests that holds
    /// <c>Experiments.sln</c>.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>Fails where the committed file differs from <paramref name="actual"/>, naming the first line that
    /// does.</summary>
    /// <param name="path">Path of the file, relative to the repository.</param>
    /// <param name="actual">What the code makes now.</param>
    public static void Verify(string path, string actual)
    {
        ArgumentNullException.ThrowIfNull(actual);
        var full = Path.Combine(RepositoryRoot, path);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, actual);
            return;
        }

        var expected = File.Exists(full) ? File.ReadAllText(full) : "";
        if (expected != actual)
        {
            Assert.Fail($"{path} is stale: {FirstDifference(expected, actual)}\n"
                + $"Run the tests with {UpdateVariable}=1 to write it anew, then look at the change.");
        }
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (old, now) = (expected.Split('\n'), actual.Split('\n'));
        var line = 0;
        while (line < old.Length && line < now.Length && old[line] == now[line])
        {
            line++;
        }

        return $"line {line + 1} is\n  {old.ElementAtOrDefault(line)}\nand should be\n  {now.ElementAtOrDefault(line)}";
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Experiments.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie in the repository.");
    }
}
