using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Evenhand.Cli.Output;
using Evenhand.Experiments.Studies;

namespace Evenhand.Cli.Tests;

/// <summary>Ctrl-C, SIGTERM and a closed terminal in the middle of a study.</summary>
[TestClass]
public sealed class InterruptTests
{
    [TestMethod]
    [DataRow("INT")]
    [DataRow("TERM")]
    [DataRow("HUP")]
    public async Task Run_Interrupted_KeepsWhatIsFinishedAndResumes(string signal)
    {
        using var folder = new TemporaryFolder();
        var file = OwnRatings.Write(folder);
        var store = folder.File("store");

        // The first trials are short; one with so many iterations would take minutes and is still running when it is
        // stopped.
        using var process = CommandLine.StartInterruptible(
            "run", file, "--store", store, "--trials", "100000", "--set", "learners.matrix-factorization.numberOfIterations=5000");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await FinishedTrialsAsync(process, store, atLeast: 3);
        await SendAsync(signal, process);
        await process.WaitForExitAsync();

        Assert.AreEqual(ExitCodes.Interrupted, process.ExitCode, await error);
        StringAssert.Contains(await error, "evenhand: interrupted; everything finished is kept.");
        Assert.AreEqual("", await output);

        var kept = await LeaderboardAsync(store);
        var count = kept["trials"]!.AsArray().Count;
        Assert.IsGreaterThanOrEqualTo(3, count);
        (await CommandLine.RunAsync(
            "resume", OwnRatings.Name, "--store", store, "--trials", (count + 1).ToString(CultureInfo.InvariantCulture)))
            .ShouldSucceed();
        var resumed = (await LeaderboardAsync(store))["trials"]!.AsArray();
        Assert.HasCount(count + 1, resumed);
        foreach (var trial in kept["trials"]!.AsArray())
        {
            var same = resumed.Single(t => (int)t!["number"]! == (int)trial!["number"]!);
            Assert.IsTrue(JsonNode.DeepEquals(trial!["validation"], same!["validation"]));
            Assert.IsTrue(JsonNode.DeepEquals(trial["seconds"], same["seconds"]));
        }
    }

    private static async Task FinishedTrialsAsync(Process process, string store, int atLeast)
    {
        while (true)
        {
            Assert.IsFalse(process.HasExited, "It ended before it was interrupted.");
            if (File.Exists(Path.Combine(store, "studies.db")))
            {
                using var library = StudyLibrary.Open(store, Registries.Full);
                if (library.List() is [var study] && library.Storage.CountTrials(study.Name) >= atLeast)
                {
                    return;
                }
            }

            await Task.Yield();
        }
    }

    private static async Task<JsonNode> LeaderboardAsync(string store) => JsonNode.Parse(
        (await CommandLine.RunAsync("leaderboard", OwnRatings.Name, "--store", store, "--json")).ShouldSucceed().Output)!;

    [TestMethod]
    public async Task Run_StartedWithNohup_OutlivesItsTerminal()
    {
        using var folder = new TemporaryFolder();
        var file = OwnRatings.Write(folder);
        var store = folder.File("store");
        using var process = CommandLine.StartWithout("HUP", "run", file, "--store", store);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await FinishedTrialsAsync(process, store, atLeast: 1);
        await SendAsync("HUP", process);
        await process.WaitForExitAsync();
        Assert.AreEqual(ExitCodes.Success, process.ExitCode, await error);
        Assert.AreNotEqual("", await output);
    }

    private static async Task SendAsync(string signal, Process process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
