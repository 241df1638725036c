using Evenhand.Cli.Output;

namespace Evenhand.Cli.Tests;

/// <summary>What comes from data does not steer the terminal: not in tables, messages, progress or errors.</summary>
[TestClass]
public sealed class ScreenTests
{
    private const string Steering = "\u001b]0;title\u0007\u001b[31mred\u009b2J\u202eback\u2066";

    [TestMethod]
    [DataRow("plain text, \u00e9 \u4e2d \ud83d\ude00\r\nsecond line", null)]
    [DataRow("\u001b[31m", "\ufffd[31m")]
    [DataRow("a\rb\tc\u2028d\u0085e", "a b c d e")]
    [DataRow("\0\u0007\u007f\u009b", "\ufffd\ufffd\ufffd\ufffd")]
    [DataRow("\u061c\u200e\u200f\u202a\u202e\u2066\u2069", "\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd")]
    public void Text_ControlsAndBidi_AreShownAsReplacements(string text, string? expected) =>
        Assert.AreEqual(expected ?? text, Printable.Text(text));

    [TestMethod]
    public void Line_TextOfLines_IsOne() => Assert.AreEqual("a  b c", Printable.Line("a\r\nb\nc"));

    [TestMethod]
    public async Task Audit_ValuesThatSteer_AreShownAsReplacements()
    {
        using var folder = new TemporaryFolder();
        var rows = string.Concat(Enumerable.Range(0, 80).Select(
            row => $"{row % 2},1,{(row % 2 == 0 ? "plain" : Steering)}\n"));
        var file = folder.Write("esc.csv", "y,p,g\n" + rows);
        var result = (await CommandLine.RunAsync(
            "audit", file, "--label", "y", "--prediction", "p", "--group", "g", "--bootstrap-samples", "0")).ShouldSucceed();

        AssertPrintable(result.Output);
        // Marks of direction are no part of the name of a group.
        Assert.Contains("g = \ufffd]0;title\ufffd\ufffd[31mred\ufffd2Jback", result.Output);
    }

    [TestMethod]
    public async Task Errors_NamesThatSteer_AreShownAsReplacements()
    {
        var result = await CommandLine.RunAsync("audit", Steering, "--label", "y", "--prediction", "p", "--group", "g");

        result.ShouldRefuse("\ufffd[31mred");
        AssertPrintable(result.Error);
        AssertPrintable((await CommandLine.RunAsync("run", "x.yaml", $"--{Steering}")).Error);
    }

    [TestMethod]
    public async Task Progress_NamesThatSteer_AreShownAsReplacements()
    {
        using var folder = new TemporaryFolder();
        folder.Write("rows.csv", $"id,score\n{Steering},x\n");
        var descriptor = folder.Write("set.yaml", """
            name: set
            title: Set
            rows:
              files: [{ path: rows.csv }]
              columns: [{ name: id, type: category }, { name: score, type: number, map: { x: "\e[31m" } }]
            """);
        var result = (await CommandLine.RunAsync("data", "describe", descriptor, "--skip-bad-rows")).ShouldSucceed();

        Assert.Contains("left out", result.Error);
        AssertPrintable(result.Error);
        AssertPrintable(result.Output);
    }

    private static void AssertPrintable(string text)
    {
        var steering = text.Where(c => (char.IsControl(c) && c is not '\n') || c is '\u202e' or '\u2066').ToArray();
        Assert.IsEmpty(steering, $"U+{(steering.Length > 0 ? (int)steering[0] : 0):X4} in: {text}");
    }
}
