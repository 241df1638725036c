using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Evenhand.Cli.Tests;

/// <summary>A study that is killed again and again ends as if it had never been.</summary>
[TestClass]
public sealed class KilledRunTests
{
    private const int Trials = 60;
    private const int Kills = 20;

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
        var clock = Stopwatch.StartNew();
        (await CommandLine.RunProcessAsync("run", file, "--store", whole)).ShouldSucceed();
        var seconds = clock.Elapsed.TotalSeconds;

        // Moments are spread over the time that a twentieth of the study takes, start-up included.
        var random = new Random(1);
        var killed = folder.File("killed");
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = File.Exists(Path.Combine(killed, "studies.db")) && await HasStudyAsync(killed)
                ? CommandLine.Start("resume", "killed", "--store", killed)
                : CommandLine.Start("run", file, "--store", killed);
            _ = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(random.NextDouble() * seconds * 0.4));
            try
            {
                await process.WaitForExitAsync(moment.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                await process.WaitForExitAsync();
            }
        }

        if (!await HasStudyAsync(killed))
        {
            (await CommandLine.RunProcessAsync("run", file, "--store", killed)).ShouldSucceed();
        }

        (await CommandLine.RunProcessAsync("resume", "killed", "--store", killed)).ShouldSucceed();
        var expected = await TimelessLeaderboardAsync(whole);
        var actual = await TimelessLeaderboardAsync(killed);
        Assert.AreEqual(Trials, JsonNode.Parse(actual)!["trials"]!.AsArray().Count);
        Assert.AreEqual(expected, actual);
    }

    private static async Task<bool> HasStudyAsync(string store) =>
        (await CommandLine.RunAsync("studies", "--store", store, "--json")).Output.Contains("killed", StringComparison.Ordinal);

    private static async Task<string> TimelessLeaderboardAsync(string store)
    {
        var result = await CommandLine.RunAsync("leaderboard", "killed", "--store", store, "--json");
        var leaderboard = JsonNode.Parse(result.ShouldSucceed().Output)!;
        foreach (var trial in leaderboard["trials"]!.AsArray())
        {
            trial!.AsObject().Remove("seconds");
        }

        return leaderboard.ToJsonString();
    }
}
