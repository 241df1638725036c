using Evenhand.Cli.Output;
namespace Evenhand.Cli.Tests;

/// <summary>Every mistake on the command line: exit code 2, what was wrong, where, and what was likely meant. No stack
/// trace.</summary>
[TestClass]
public sealed class UsageErrorTests
{
    [TestMethod]
    [DataRow("run x.yaml --trails 3", "'--trails'", "Did you mean '--trials'?", "Run 'evenhand run --help' for usage.")]
    [DataRow("leaderbord own-ratings", "'leaderbord'", "Did you mean 'leaderboard'?", "Run 'evenhand --help'")]
    [DataRow("leaderboard own-ratings --fromat csv", "'--fromat'", "Did you mean '--format'?", "")]
    [DataRow("leaderboard own-ratings --format xml", "evenhand: --format 'xml' is none of table, json, csv, markdown, html.\n", "", "")]
    [DataRow("leaderboard own-ratings --format jsn", "--format 'jsn' is none of", "Did you mean 'json'?", "")]
    [DataRow("explain s 0 --text t --method limme", "--method 'limme' is none of auto, ", "Did you mean 'lime'?", "")]
    [DataRow("run x.yaml --time 5x", "evenhand: --time '5x' is no time such as 90s, 5m or 1h30m.\n", "", "")]
    [DataRow("run x.yaml --jobs 2000", "evenhand: --jobs '2000' is more than 1024, the most there can be.\n", "", "")]
    [DataRow("resume own-ratings --trials 2000000", "--trials '2000000' is more than 1000000", "", "")]
    [DataRow("resume own-ratings --time 0s", "--time '0s' is no time", "", "")]
    [DataRow("audit x.csv --label a --prediction b", "'audit' needs --group or --identity.", "", "")]
    [DataRow("explain s 0", "'explain' needs --input or --text.", "", "")]
    [DataRow("leaderboard own-ratings --output ", "--output names no file", "", "")]
    [DataRow("leaderboard", "STUDY", "", "")]
    [DataRow("run x.yaml --trials many", "'many' is not a whole number of at least 1", "", "")]
    [DataRow("run x.yaml --trials 0", "'0' is not a whole number of at least 1", "", "")]
    [DataRow("run x.yaml --jobs -1", "'-1' is not a whole number of at least 1", "", "")]
    [DataRow("run x.yaml --seed red", "'red'", "--seed", "is not a whole number")]
    [DataRow("show own-ratings first", "'first'", "TRIAL", "")]
    [DataRow("predict own-ratings 0", "--input", "required", "")]
    [DataRow("predict own-ratings 0 --input x.csv --k 0", "'0' is not a whole number of at least 1", "", "")]
    [DataRow("leaderboard own-ratings --top -2", "'-2' is not a whole number of at least 1", "", "")]
    [DataRow("audit x.csv --label a --prediction b --group c --bootstrap-samples -1", "'-1' is not a whole number of at least 0", "", "")]
    [DataRow("audit x.csv --label a --prediction b --group c --minimum-group-size 0", "'0' is not a whole number of at least 1", "", "")]
    public async Task Parse_BadCommandLine_IsRefused(string line, string first, string second, string third)
    {
        var result = await RunAsync(line.Split(' '));

        result.ShouldRefuse(first, second, third);
        Assert.AreEqual("", result.Output);
    }

    [TestMethod]
    public async Task Run_MissingFile_NamesTheNearest()
    {
        var result = await RunAsync("run", SharedStudies.File("own-rating.yaml"));

        result.ShouldRefuse("own-rating.yaml: there is no such experiment file. Did you mean 'own-ratings.yaml'?");
    }

    [TestMethod]
    [DataRow("leaderboard")]
    [DataRow("resume")]
    public async Task Study_Unknown_NamesTheNearest(string command)
    {
        var result = await RunAsync(command, "own-rating", "--store", SharedStudies.Store);

        result.ShouldRefuse("There is no study 'own-rating' in", "Did you mean 'own-ratings'?");
    }

    [TestMethod]
    public async Task Store_Missing_SaysHowToMakeOne()
    {
        using var folder = new TemporaryFolder();
        var result = await RunAsync("studies", "--store", folder.File("nowhere"));

        result.ShouldRefuse("There are no studies in", "nowhere", "evenhand run FILE");
        Assert.IsFalse(Directory.Exists(folder.File("nowhere")));
    }

    [TestMethod]
    public async Task Store_ThatIsNoDatabase_IsRefusedAndLeftAlone()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("store"));
        var text = new string('x', 5000);
        var path = folder.Write("store/studies.db", text);
        var result = await RunAsync("studies", "--store", folder.File("store"));

        result.ShouldRefuse("studies.db");
        Assert.AreEqual(text, File.ReadAllText(path));
    }

    [TestMethod]
    public async Task Store_ThatIsAFile_IsRefusedAndLeftAlone()
    {
        using var folder = new TemporaryFolder();
        var store = folder.Write("store", "not a folder");
        var result = await RunAsync("run", SharedStudies.File("own-ratings.yaml"), "--store", store);

        result.ShouldRefuse($"The store '{store}' is a file; --store names a folder, or sqlite:FILE.");
        Assert.AreEqual("not a folder", File.ReadAllText(store));
    }

    [TestMethod]
    public async Task Output_BelowAFile_IsRefusedByTheNameThatWasGiven()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("file", "not a folder");
        var page = folder.File("file/page.html");
        var result = await RunAsync(
            "leaderboard", OwnRatings.Name, "--store", SharedStudies.Store, "--format", "html", "--output", page);

        result.ShouldRefuse($"{page} cannot be written: the folder {file} cannot be made.");
    }

    [TestMethod]
    public async Task Html_BelowAFile_IsRefusedBeforeTheRun()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("file", "not a folder");
        var (page, store) = (folder.File("file/page.html"), folder.File("store"));
        var result = await RunAsync("run", SharedStudies.File("own-ratings.yaml"), "--store", store, "--html", page);

        result.ShouldRefuse($"{page} cannot be written: the folder {file} cannot be made.");
        Assert.IsFalse(Directory.Exists(store));
    }

    [TestMethod]
    [DataRow("show")]
    [DataRow("predict")]
    public async Task Trial_Unknown_SaysHowManyThereAre(string command)
    {
        string[] input = command == "predict" ? ["--input", SharedStudies.File("test.csv")] : [];
        var result = await RunAsync([command, OwnRatings.Name, "99", "--store", SharedStudies.Store, .. input]);

        result.ShouldRefuse("Study 'own-ratings' has no trial 99; it has 6 finished trials");
    }

    [TestMethod]
    [DataRow("budget.trails=5", "--set budget.trails=5", "trails", "Did you mean 'trials'?")]
    [DataRow("budget.trials", "--set budget.trials: expected PATH=VALUE", "", "")]
    [DataRow("budget.trials=many", "--set budget.trials=many", "trials", "expected an integer")]
    [DataRow("learners.matrix-factorization.lamda=1", "lamda", "Did you mean 'lambda'?", "")]
    [DataRow("learners.matrix-factorisation.lambda=1", "matrix-factorisation", "Did you mean 'matrix-factorization'?", "")]
    [DataRow("learners.7.lambda=1", "'learners' has 2 entries", "", "")]
    [DataRow("objective={", "--set objective={", "", "")]
    public async Task Set_Bad_NamesTheOptionAndTheKey(string pair, string first, string second, string third)
    {
        var result = await RunAsync("validate", SharedStudies.File("own-ratings.yaml"), "--set", pair);

        result.ShouldRefuse(first, second, third);
    }

    [TestMethod]
    [DataRow("leaderboard")]
    [DataRow("predict", "0", "--input", "x.csv")]
    [DataRow("explain", "0", "--text", "good")]
    public async Task Output_ThatNamesAFolder_IsRefusedBeforeTheWork(params string[] command)
    {
        using var folder = new TemporaryFolder();
        var output = folder.File("nowhere/");
        var result = await RunAsync(
            [command[0], OwnRatings.Name, .. command[1..], "--store", SharedStudies.Store, "-o", output]);

        result.ShouldRefuse($"{output} cannot be written: it names a folder, not a file in it.");
        Assert.IsFalse(Directory.Exists(output));
    }

    [TestMethod]
    public async Task Output_InAFolderThatIsMissing_MakesTheFolder()
    {
        using var folder = new TemporaryFolder();
        var output = folder.File("new/deep/board.csv");
        (await RunAsync("leaderboard", OwnRatings.Name, "--store", SharedStudies.Store, "--format", "csv", "-o", output))
            .ShouldSucceed();

        Assert.StartsWith("rank,number,", File.ReadAllText(output));
    }

    [TestMethod]
    [DataRow()]
    [DataRow("data")]
    public async Task Commands_Alone_ShowTheHelp(params string[] args)
    {
        var alone = (await RunAsync(args)).ShouldSucceed();

        Assert.AreEqual((await RunAsync([.. args, "--help"])).Output, alone.Output);
        Assert.AreEqual("", alone.Error);
    }

    [TestMethod]
    public async Task Validate_MisspeltOption_SuggestsTheOption()
    {
        using var folder = new TemporaryFolder();
        var file = OwnRatings.Write(folder);
        File.WriteAllText(file, File.ReadAllText(file).Replace("lambda:", "lamda:", StringComparison.Ordinal));
        var result = await RunAsync("validate", file);

        result.ShouldRefuse("own-ratings.yaml(17,7)", "lamda", "Did you mean 'lambda'?");
    }

    [TestMethod]
    public async Task Run_Folder_IsNoExperimentFile()
    {
        using var folder = new TemporaryFolder();

        (await RunAsync("run", folder.File("."))).ShouldRefuse("this is a folder, not an experiment file");
    }

    [TestMethod]
    public async Task Run_PageInAFolderThatCannotBe_IsRefusedBeforeTheRun()
    {
        using var folder = new TemporaryFolder();
        var result = await RunAsync(
            "run", SharedStudies.File("own-ratings.yaml"), "--store", folder.File("store"),
            "--html", Path.Combine(folder.Write("file", ""), "page.html"));

        result.ShouldRefuse("page.html cannot be written: the folder", "cannot be made");
        Assert.IsFalse(Directory.Exists(folder.File("store")));
    }

    [TestMethod]
    public async Task Leaderboard_OutputThatIsAFolder_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var result = await RunAsync(
            "leaderboard", OwnRatings.Name, "--store", SharedStudies.Store, "--output", folder.File("."));

        result.ShouldRefuse("cannot be written: it is a folder");
    }

    [TestMethod]
    public async Task Describe_DescriptorThatIsNotThere_IsNamedAsItWasTyped()
    {
        var result = await RunAsync("data", "describe", "./no-such-set.yaml");

        result.ShouldRefuse("evenhand: ./no-such-set.yaml: there is no such descriptor.");
    }

    [TestMethod]
    public async Task Audit_UnknownColumnOrMetric_NamesTheNearest()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("predictions.csv", "label,decision,gender\n1,0,f\n0,1,m\n");
        string[] columns = ["audit", file, "--label", "label", "--prediction", "decision"];

        (await RunAsync([.. columns, "--group", "gendr"])).ShouldRefuse("gendr", "gender");
        (await RunAsync([.. columns, "--group", "gender", "--metrics", "acuracy"])).ShouldRefuse(
            "acuracy", "Did you mean 'accuracy'?");
        (await RunAsync([.. columns, "--group", "gender", "--metrics", "rmse"])).ShouldRefuse("--metrics rmse", "ratings");
        (await RunAsync("audit", folder.File("prediction.csv"), "--label", "a", "--prediction", "b", "--group", "c")).ShouldRefuse(
            "prediction.csv", "Did you mean 'predictions.csv'?");
    }

    [TestMethod]
    public async Task Audit_MissingOrStrangeValue_NamesColumnAndRow()
    {
        using var folder = new TemporaryFolder();
        var missing = folder.Write("missing.csv", "label,decision,gender\n1,0,f\n0,,m\n");
        var strange = folder.Write("strange.csv", "label,decision,gender\n1.5,0,f\n0,high,m\n");

        (await AuditAsync(missing)).ShouldRefuse("'decision', row 2", "missing");
        (await AuditAsync(strange)).ShouldRefuse("'decision', row 2", "'high'");

        static Task<CommandResult> AuditAsync(string file) => RunAsync(
            "audit", file, "--label", "label", "--prediction", "decision", "--group", "gender");
    }

    [TestMethod]
    public async Task Verbose_Error_ShowsTheStackTrace()
    {
        var result = await RunAsync("run", "no-such-file.yaml", "--verbose");

        Assert.AreEqual(ExitCodes.BadInput, result.ExitCode);
        StringAssert.Contains(result.Error, "   at ");
    }

    private static Task<CommandResult> RunAsync(params string[] args) => CommandLine.RunAsync(args);
}
