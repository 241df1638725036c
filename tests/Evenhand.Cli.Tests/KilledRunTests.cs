using System.Diagnostics;
using System.Text.Json.Nodes;
using Evenhand.Experiments.Studies;

namespace Evenhand.Cli.Tests;

/// <summary>A study that is killed again and again ends as if it had never been.</summary>
[TestClass]
public sealed class KilledRunTests
{
    private const string Study = "killed";
    private const int Trials = 60;
    private const int Kills = 20;

    // Kills spread over the whole study: before it is made, during trials, and while finalists are evaluated.
    private const int LongestProgress = 6;

    private const string Experiment = """
        name: killed
        task: rating-prediction
        seed: 5
        data:
          source: simulator
          simulator: { users: 300, items: 120, interactions: 9000, texts: false }
          groups: { user: [gender] }
        learners:
          - matrix-factorization:
              approximationRank: { int: [4, 32], log: true }
              lambda: { float: [0.01, 0.3], log: true }
              numberOfIterations: 30
          - bias
        objective: { minimize: rmse, fairness: { metric: rmse-difference, group: gender, weight: 0.5 } }
        budget: { trials: 60, jobs: 1 }
        """;

    [TestMethod]
    public async Task Resume_AfterTwentyKills_EqualsTheUninterruptedStudy()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("killed.yaml", Experiment);
        var whole = folder.File("whole");
        var killed = folder.File("killed");
        var clock = Stopwatch.StartNew();
        (await CommandLine.RunProcessAsync("run", file, "--store", whole)).ShouldSucceed();
        var trialTime = clock.Elapsed / Trials;

        var random = new Random(1);
        var kept = new List<string>();
        var unfinished = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = HasStudy(killed)
                ? CommandLine.Start("resume", Study, "--store", killed)
                : CommandLine.Start("run", file, "--store", killed);
            _ = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();

            // A moment within a trial, some trials from here; a fifth of the kills come at any moment from the start
            // on. Trials may have become faster than they were when they were timed: none goes on for long.
            var anyMoment = kill % 5 == 0;
            var goal = anyMoment ? 0 : Math.Min(Trials, kept.Count + random.Next(LongestProgress));
            await ReachAsync(process, killed, goal);
            await EndOrKillAsync(
                process,
                trialTime * (anyMoment ? 10 : 2) * random.NextDouble(),
                () => kept.Count > 0
                    && FinishedTrials(killed).Count >= (anyMoment ? kept.Count + LongestProgress : goal + 2));

            var now = FinishedTrials(killed);
            CollectionAssert.AreEqual(kept, now.Take(kept.Count).ToArray(), "A finished trial was lost or changed.");
            kept = now;
            unfinished += kept.Count < Trials ? 1 : 0;
        }

        Assert.IsGreaterThanOrEqualTo(Kills / 2, unfinished, "Most kills should have come before the end.");
        (await CommandLine.RunProcessAsync("resume", Study, "--store", killed)).ShouldSucceed();
        var expected = await LeaderboardAsync(whole);
        var actual = await LeaderboardAsync(killed);
        Assert.HasCount(Trials, JsonNode.Parse(actual)!["trials"]!.AsArray());
        Assert.AreEqual(Leaderboards.WithoutSeconds(expected), Leaderboards.WithoutSeconds(actual));
        Assert.IsEmpty(Directory.GetFiles(killed, "*.tmp", SearchOption.AllDirectories));
    }

    private static bool HasStudy(string store)
    {
        if (!File.Exists(Path.Combine(store, "studies.db")))
        {
            return false;
        }

        using var library = StudyLibrary.Open(store, Registries.Full);
        return library.List().Count > 0;
    }

    private static List<string> FinishedTrials(string store)
    {
        if (!HasStudy(store))
        {
            return [];
        }

        using var library = StudyLibrary.Open(store, Registries.Full);
        return [.. library.Storage.ReadTrials(Study).Select(t => $"{t.Number} {t.Started:O} {t.Duration} {t.Payload}")];
    }

    // The store is closed again before the kill, so that the next process finds it as the killed one left it.
    private static async Task ReachAsync(Process process, string store, int trials)
    {
        while (trials > 0 && !process.HasExited && FinishedTrials(store).Count < trials)
        {
            await Task.Delay(1);
        }
    }

    private static async Task EndOrKillAsync(Process process, TimeSpan moment, Func<bool> isFarEnough)
    {
        var clock = Stopwatch.StartNew();
        while (!process.HasExited && clock.Elapsed < moment && !isFarEnough())
        {
            await Task.Delay(1);
        }

        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
    }

    private static async Task<string> LeaderboardAsync(string store) =>
        (await CommandLine.RunAsync("leaderboard", Study, "--store", store, "--json")).ShouldSucceed().Output;
}
