using Evenhand.TestKit;

namespace Evenhand.Cli.Tests;

/// <summary>The help of every command, as a user reads it.</summary>
[TestClass]
public sealed class HelpTests
{
    [TestMethod]
    [DataRow("")]
    [DataRow("run")]
    [DataRow("resume")]
    [DataRow("validate")]
    [DataRow("studies")]
    [DataRow("leaderboard")]
    [DataRow("compare")]
    [DataRow("show")]
    [DataRow("predict")]
    [DataRow("explain")]
    [DataRow("export")]
    [DataRow("audit")]
    [DataRow("data")]
    [DataRow("data list")]
    [DataRow("data describe")]
    [DataRow("data get")]
    [DataRow("schema")]
    public async Task Help_OfCommand_IsTheSnapshot(string command)
    {
        var path = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var result = (await CommandLine.RunAsync([.. path, "--help"])).ShouldSucceed();

        var name = path.Length == 0 ? "evenhand" : string.Join('-', path);
        Snapshot.Verify($"tests/Evenhand.Cli.Tests/Help/{name}.txt", result.Output.ReplaceLineEndings("\n"));
    }
}
