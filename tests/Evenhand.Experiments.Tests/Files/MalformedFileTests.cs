using System.Text.RegularExpressions;
using Evenhand.Configuration;
using Evenhand.Experiments.Files;
using Evenhand.Experiments.Plans;
using Evenhand.TestKit;

namespace Evenhand.Experiments.Tests.Files;

/// <summary>Every file in <c>Malformed/</c> has one mistake; its first line says where and what.</summary>
[TestClass]
public sealed partial class MalformedFileTests
{
    private static string Folder => Path.Combine(
        Snapshot.RepositoryRoot, "tests", "Evenhand.Experiments.Tests", "Malformed");

    public static IEnumerable<object[]> Files =>
        Directory.EnumerateFiles(Folder, "*.yaml").Order().Select(file => new object[] { Path.GetFileName(file) });

    [TestMethod]
    public void Files_AreAtLeastFifty() => Assert.IsGreaterThanOrEqualTo(50, Files.Count());

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void Parse_MalformedFile_NamesPlaceAndRemedy(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        var expected = Expectation().Match(text);

        var error = Assert.ThrowsExactly<InputException>(() => ExperimentPlan.Parse(new ExperimentFile(file, text, []), Registries.Full));

        Assert.Contains($"{file}{expected.Groups["place"].Value}: {expected.Groups["message"].Value}", error.Message);
        Assert.AreEqual(file, error.File);
        Assert.IsFalse(Trace().IsMatch(error.Message), error.Message);
    }

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void Parse_MalformedFile_ReportsNothingElse(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));

        var error = Assert.ThrowsExactly<InputException>(() => ExperimentPlan.Parse(new ExperimentFile(file, text, []), Registries.Full));

        Assert.AreEqual(1, error.Message.Split('\n').Length, error.Message);
    }

    [GeneratedRegex(@"^# (?<place>\([0-9]+,[0-9]+\)): (?<message>[^\n]+)\n")]
    private static partial Regex Expectation();

    // What a stack trace or the name of an exception would look like.
    [GeneratedRegex(@"   at |Exception|System\.")]
    private static partial Regex Trace();
}
