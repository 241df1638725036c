using System.Text.Json.Nodes;

namespace Evenhand.Cli.Tests;

/// <summary>Explanations by the model of a trial.</summary>
[TestClass]
public sealed class ExplainCommandTests
{
    private const string Texts = """
        {"text": "wonderful, I love it", "author": "f"}
        {"text": "broke after a day, a waste of money", "author": "m"}
        {"text": "", "author": "f"}
        """;

    [TestMethod]
    public async Task Explain_Texts_SumToTheLogOddsOfPredict()
    {
        using var folder = new TemporaryFolder();
        var input = folder.Write("texts.jsonl", Texts);
        var explained = JsonNode.Parse((await ExplainAsync("--input", input, "--json")).ShouldSucceed().Output)!.AsArray();
        var predicted = JsonNode.Parse((await CommandLine.RunAsync(
            "predict", SharedStudies.Reviews, "1", "--input", input, "--store", SharedStudies.Store, "--json"))
            .ShouldSucceed().Output)!.AsArray();

        Assert.HasCount(3, explained);
        for (var i = 0; i < 3; i++)
        {
            var row = explained[i]!;
            Assert.AreEqual(i + 1, (int)row["row"]!);
            Assert.AreEqual("shap", (string)row["method"]!);
            var probability = (double)predicted[i]!["probability"]!;
            Assert.AreEqual(probability, (double)row["probability"]!, 1e-12);
            var sum = (double)row["baseValue"]! + (double)row["remainder"]!
                + row["tokens"]!.AsArray().Sum(token => (double)token!["value"]!);
            Assert.AreEqual(Math.Log(probability / (1 - probability)), sum, 1e-9);
        }

        var text = (string)explained[0]!["text"]!;
        foreach (var token in explained[0]!["tokens"]!.AsArray())
        {
            Assert.AreEqual((string)token!["token"]!, text[(int)token["start"]!..(int)token["end"]!]);
        }
    }

    [TestMethod]
    public async Task Explain_OneRow_IsThatOfTheFile()
    {
        using var folder = new TemporaryFolder();
        var input = folder.Write("texts.jsonl", Texts);
        var all = JsonNode.Parse((await ExplainAsync("-i", input, "--json")).ShouldSucceed().Output)!.AsArray();
        var one = JsonNode.Parse((await ExplainAsync("-i", input, "--row", "2", "--json")).ShouldSucceed().Output)!.AsArray();

        Assert.AreEqual(all[1]!.ToJsonString(), one.Single()!.ToJsonString());
        (await ExplainAsync("-i", input, "--row", "4")).ShouldRefuse("texts.jsonl: there is no row 4; it has 3 rows.");
    }

    [TestMethod]
    public async Task Explain_Lime_IsTheSameForTheSameSeed()
    {
        var first = (await ExplainAsync("--text", "wonderful but it broke", "--method", "lime", "--samples", "200")).ShouldSucceed();
        var again = (await ExplainAsync("--text", "wonderful but it broke", "--method", "lime", "--samples", "200")).ShouldSucceed();
        var other = (await ExplainAsync(
            "--text", "wonderful but it broke", "--method", "lime", "--samples", "200", "--seed", "1")).ShouldSucceed();

        Assert.AreEqual(first.Output, again.Output);
        Assert.AreNotEqual(first.Output, other.Output);
        StringAssert.Contains(first.Output, "lime, local R2 0.");
        Assert.StartsWith("Class 1: probability 0.", first.Output);
        StringAssert.Contains(first.Output, "wonderful but it broke");
    }

    [TestMethod]
    public async Task Explain_ClassAndTop_TurnTheSignsAndShowTheHeaviest()
    {
        string[] command = ["--text", "wonderful, I love it", "--top", "2", "--json"];
        var positive = Tokens(await ExplainAsync(command));
        var negative = Tokens(await ExplainAsync([.. command, "--class", "0"]));

        Assert.HasCount(2, positive);
        for (var i = 0; i < 2; i++)
        {
            Assert.AreEqual((string)positive[i]!["token"]!, (string)negative[i]!["token"]!);
            Assert.AreEqual((double)positive[i]!["value"]!, -(double)negative[i]!["value"]!);
        }

        (await ExplainAsync("--text", "a", "--class", "2")).ShouldRefuse("There is no class '2'");

        static JsonArray Tokens(CommandResult result) =>
            JsonNode.Parse(result.ShouldSucceed().Output)![0]!["tokens"]!.AsArray();
    }

    [TestMethod]
    public async Task Explain_Html_IsAPageInTheFile()
    {
        using var folder = new TemporaryFolder();
        var page = folder.File("page.html");
        var result = (await ExplainAsync("--text", "<b>wonderful</b>", "--format", "html", "-o", page)).ShouldSucceed();

        Assert.AreEqual("", result.Output);
        StringAssert.Contains(result.Error, $"Wrote {page}");
        var html = File.ReadAllText(page);
        Assert.StartsWith("<!DOCTYPE html>", html);
        Assert.DoesNotContain("<b>", html);
        StringAssert.Contains(html, "reviews, trial 1");
    }

    [TestMethod]
    public async Task Explain_Summary_TellsGroupsApart()
    {
        using var folder = new TemporaryFolder();
        var input = folder.Write("texts.jsonl", Texts);
        var summary = JsonNode.Parse(
            (await ExplainAsync("-i", input, "--summary", "--by", "author", "--json")).ShouldSucceed().Output)!;
        var table = (await ExplainAsync("-i", input, "--summary", "--by", "author", "--top", "3")).ShouldSucceed().Output;

        Assert.AreEqual("""{"f":2,"m":1}""", summary["groups"]!.ToJsonString());
        var love = summary["tokens"]!.AsArray().Single(token => (string)token!["token"]! == "love")!;
        Assert.AreEqual(1, (int)love["texts"]!);
        Assert.AreEqual((double)love["mean"]! / 2, (double)love["groups"]!["f"]!, 1e-12);
        Assert.AreEqual(0, (double)love["groups"]!["m"]!);
        StringAssert.Contains(table, "f (2)");
        (await ExplainAsync("-i", input, "--summary", "--by", "autor")).ShouldRefuse("texts.jsonl: column 'autor' holds no categories.");
    }

    [TestMethod]
    public async Task Explain_ControlCharacters_DoNotReachTheTerminal()
    {
        var result = (await ExplainAsync("--text", "wonderful\u001b[31m\u0007")).ShouldSucceed();

        Assert.IsFalse(result.Output.Any(c => c is '\u001b' or '\u0007'));
    }

    [TestMethod]
    [DataRow("", "--input", "--text")]
    [DataRow("--text a --input b.csv", "--input", "--text")]
    [DataRow("--text a --row 1", "--row", "--input")]
    [DataRow("--text a --summary", "--summary", "--input")]
    [DataRow("--text a --by author", "--by", "--summary")]
    [DataRow("--text a --method shapley", "shapley", "shap")]
    [DataRow("--text a --method integrated-gradients", "'logistic-regression' is no neural text model", "")]
    [DataRow("--text a --attention", "'logistic-regression' has no attention", "'transformer'")]
    [DataRow("--input a.csv --attention", "--attention is of one text", "--row")]
    [DataRow("--input a.csv --summary --attention", "--attention is of one text", "--row")]
    [DataRow("--text a --attention --class 1", "--class", "--attention")]
    [DataRow("--text a --attention --method shap", "--method", "--attention")]
    [DataRow("--text a --samples 1", "--samples", "at least 2")]
    public async Task Explain_BadUsage_SaysWhatGoesTogether(string options, string first, string second) =>
        (await ExplainAsync(options.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldRefuse(first, second);

    [TestMethod]
    public async Task Explain_AStudyOfRatings_IsRefused() => (await CommandLine.RunAsync(
        "explain", OwnRatings.Name, "0", "--text", "a", "--store", SharedStudies.Store))
        .ShouldRefuse("text classification", "rating-prediction");

    private static Task<CommandResult> ExplainAsync(params string[] args) =>
        CommandLine.RunAsync(["explain", SharedStudies.Reviews, "1", "--store", SharedStudies.Store, .. args]);
}
