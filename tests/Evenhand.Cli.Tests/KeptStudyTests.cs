using System.Text.Json.Nodes;
using Evenhand.TestKit;
using Microsoft.Data.Sqlite;

namespace Evenhand.Cli.Tests;

/// <summary>What was done stays done: with two processes on one study, on a full disk, with damaged files, and where
/// nothing can be written. <c>bench keeping</c> does the same many times.</summary>
[TestClass]
public sealed class KeptStudyTests
{
    private const int Trials = OwnRatings.Trials;

    [TestMethod]
    [DataRow(3, 2, Trials, Trials)]
    [DataRow(1, 1, Trials, 4)]
    public async Task Resume_TwiceAtOnce_SharesTheWork(int firstJobs, int secondJobs, int firstTrials, int secondTrials)
    {
        using var folder = new TemporaryFolder();
        var store = folder.File("store");
        (await RunAsync(OwnRatings.Write(folder), store, "--trials", "1")).ShouldSucceed();

        var results = await Task.WhenAll(
            ResumeInProcessAsync(store, firstJobs, firstTrials), ResumeInProcessAsync(store, secondJobs, secondTrials));

        foreach (var result in results)
        {
            result.ShouldSucceed();
        }

        AssertSound(store);
    }

    [TestMethod]
    public async Task Run_DiskIsFull_StopsAndResumesToTheSame()
    {
        using var folder = new TemporaryFolder();
        using var disk = SmallDisk.Mount(kilobytes: 120);
        var file = OwnRatings.Write(folder);
        var store = Path.Combine(disk.Path, "store");
        var result = await RunAsync(file, store);
        var stops = 0;
        for (var room = 150; result.ExitCode != 0; room = room * 4 / 3)
        {
            result.ShouldRefuse("full");
            stops++;
            disk.Resize(room);
            result = Directory.Exists(store) && (await CommandLine.RunAsync("studies", "--store", store)).Output.Contains(
                OwnRatings.Name, StringComparison.Ordinal)
                    ? await ResumeAsync(store)
                    : await RunAsync(file, store);
        }

        Assert.IsGreaterThan(0, stops);
        AssertSound(store);
        Assert.AreEqual(await LeaderboardAsync(SharedStudies.Store), await LeaderboardAsync(store));
    }

    [TestMethod]
    [DataRow("test.json", "cut")]
    [DataRow("test.json", "changed")]
    [DataRow("test.json", "null")]
    [DataRow("test.json", "empty")]
    [DataRow("models", "cut")]
    [DataRow("models", "changed")]
    [DataRow("models", "empty")]
    [DataRow("models", "removed")]
    [DataRow("trial", "cut")]
    public async Task Resume_FileIsDamaged_MakesItAgain(string what, string damage)
    {
        using var folder = new TemporaryFolder();
        var store = Copy(SharedStudies.Store, folder.File("store"));
        var best = (await LeaderboardJsonAsync(store))["best"]!.ToString();
        var place = what switch
        {
            "trial" => Path.Combine(store, "studies.db"),
            "models" => Directory.GetFiles(Path.Combine(store, OwnRatings.Name, "models"), $"{best}-*.model").Single(),
            _ => Path.Combine(store, OwnRatings.Name, what),
        };
        Damage(place, what == "trial" ? $"of trial {best}" : damage);

        var read = what == "models"
            ? await CommandLine.RunAsync(
                "predict", OwnRatings.Name, best, "--store", store, "--input", SharedStudies.File("validation.csv"))
            : await CommandLine.RunAsync("leaderboard", OwnRatings.Name, "--store", store);
        if (damage == "removed")
        {
            read.ShouldSucceed();
        }
        else
        {
            read.ShouldRefuse(place, "damaged", "esume");
        }

        (await ResumeAsync(store)).ShouldSucceed();
        AssertSound(store);
        Assert.AreEqual(await LeaderboardAsync(SharedStudies.Store), await LeaderboardAsync(store));
    }

    [TestMethod]
    public async Task Read_WhereNothingCanBeWritten_Succeeds()
    {
        using var disk = SmallDisk.Mount(kilobytes: 40_000);
        var store = Copy(SharedStudies.Store, Path.Combine(disk.Path, "store"));
        var best = (await LeaderboardJsonAsync(store))["best"]!.ToString();
        disk.MakeReadOnly();
        string[][] lines =
        [
            ["studies"],
            ["leaderboard", OwnRatings.Name],
            ["show", OwnRatings.Name, best],
            ["predict", OwnRatings.Name, best, "--input", SharedStudies.File("validation.csv")],
        ];
        foreach (var line in lines)
        {
            (await CommandLine.RunAsync([.. line, "--store", store])).ShouldSucceed();
        }

        (await ResumeAsync(store)).ShouldRefuse("studies.db", "written");
    }

    [TestMethod]
    public async Task Run_FilesOfAStudyThatTheStoreDoesNotKnow_AreLeftAlone()
    {
        using var folder = new TemporaryFolder();
        var store = folder.File("store");
        Directory.CreateDirectory(Path.Combine(store, OwnRatings.Name));
        var old = folder.Write($"store/{OwnRatings.Name}/test.json", "old");
        var file = OwnRatings.Write(folder);
        (await RunAsync(file, store, "--study", OwnRatings.Name)).ShouldRefuse("does not know");
        (await RunAsync(file, store, "--trials", "1")).ShouldSucceed();
        Assert.AreEqual("old", File.ReadAllText(old));
        Assert.IsTrue(File.Exists(Path.Combine(store, $"{OwnRatings.Name}-2", "test.json")));
    }

    private static void AssertSound(string store) =>
        Assert.AreEqual("", string.Join("; ", KeptModels.Problems(store, OwnRatings.Name, Trials)));

    private static void Damage(string path, string damage)
    {
        var trial = damage.StartsWith("of trial ", StringComparison.Ordinal) ? damage["of trial ".Length..] : null;
        if (trial is not null)
        {
            using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE trial SET payload = substr(payload, 1, length(payload) / 2) "
                + $"WHERE number = {trial} AND study = (SELECT id FROM study WHERE name = '{OwnRatings.Name}')";
            Assert.AreEqual(1, command.ExecuteNonQuery());
            return;
        }

        var bytes = File.ReadAllBytes(path);
        switch (damage)
        {
            case "cut":
                File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
                break;
            case "changed":
                // A digit for another: the form stays sound.
                var digit = Array.FindIndex(bytes, bytes.Length / 2, b => b is >= (byte)'1' and <= (byte)'8');
                bytes[digit]++;
                File.WriteAllBytes(path, bytes);
                break;
            case "null":
                File.WriteAllText(path, "null");
                break;
            case "empty":
                File.WriteAllText(path, "");
                break;
            default:
                File.Delete(path);
                break;
        }
    }

    private static string Copy(string from, string to)
    {
        // Without what readers of the database have beside it for a moment.
        var files = Directory.GetFiles(from, "*", SearchOption.AllDirectories);
        foreach (var file in files.Where(file => !Path.GetFileName(file).StartsWith("studies.db-", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return to;
    }

    private static Task<CommandResult> RunAsync(string file, string store, params string[] args) =>
        CommandLine.RunAsync(["run", file, "--store", store, .. args]);

    private static Task<CommandResult> ResumeAsync(string store) =>
        CommandLine.RunAsync("resume", OwnRatings.Name, "--store", store);

    private static Task<CommandResult> ResumeInProcessAsync(string store, int jobs, int trials) =>
        CommandLine.RunProcessAsync(
            "resume", OwnRatings.Name, "--store", store, "--jobs", $"{jobs}", "--trials", $"{trials}");

    private static async Task<JsonNode> LeaderboardJsonAsync(string store) => JsonNode.Parse((await CommandLine.RunAsync(
        "leaderboard", OwnRatings.Name, "--store", store, "--json")).ShouldSucceed().Output)!;

    private static async Task<string> LeaderboardAsync(string store) =>
        Leaderboards.WithoutSeconds((await LeaderboardJsonAsync(store)).ToJsonString());
}
