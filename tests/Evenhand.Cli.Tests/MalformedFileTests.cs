using System.Text.RegularExpressions;
using Evenhand.TestKit;

namespace Evenhand.Cli.Tests;

/// <summary>Every malformed experiment file, through the command: exit code 2 and the place, as its first line
/// says.</summary>
[TestClass]
public sealed partial class MalformedFileTests
{
    private static string Folder => Path.Combine(
        Snapshot.RepositoryRoot, "tests", "Evenhand.Experiments.Tests", "Malformed");

    public static IEnumerable<object[]> Files =>
        Directory.EnumerateFiles(Folder, "*.yaml").Order().Select(file => new object[] { Path.GetFileName(file) });

    [TestMethod]
    [DynamicData(nameof(Files))]
    public async Task Validate_MalformedFile_IsRefusedWithItsPlace(string name)
    {
        var file = Path.Combine(Folder, name);
        var expected = Expectation().Match(await File.ReadAllTextAsync(file));

        var result = await CommandLine.RunAsync("validate", file);

        result.ShouldRefuse($"{name}{expected.Groups["place"].Value}: {expected.Groups["message"].Value}");
        Assert.AreEqual("", result.Output);
    }

    [TestMethod]
    public async Task Run_MalformedFile_IsRefusedBeforeAnythingIsMade()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(Folder, "option-wrong-name.yaml");
        var result = await CommandLine.RunProcessAsync("run", file, "--store", folder.File("store"));

        result.ShouldRefuse("option-wrong-name.yaml(");
        Assert.IsFalse(Directory.Exists(folder.File("store")));
    }

    [GeneratedRegex(@"^# (?<place>\([0-9]+,[0-9]+\)): (?<message>[^\n]+)\n")]
    private static partial Regex Expectation();
}
