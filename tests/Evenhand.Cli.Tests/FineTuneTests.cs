using System.Globalization;
using System.Text.Json.Nodes;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Loading;
using Evenhand.Learning;
using Evenhand.TestKit;
using Evenhand.TestKit.Learning;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Transformer;

namespace Evenhand.Cli.Tests;

/// <summary>The shipped experiment of a pre-trained encoder, with a tiny random BERT in the place of a real
/// one.</summary>
[TestClass]
[DoNotParallelize]
public sealed class FineTuneTests
{
    private const string OwnData = """
        { rows: { files: [{ path: PATH }], columns: [
            { name: text, type: text, role: text }, { name: good, type: number }, { name: age, type: category }] },
          label: { column: good }, groups: { row: [age] } }
        """;

    [TestMethod]
    public async Task Run_FolderGivenBySet_FineTunesAndExplains()
    {
        using var folder = new TemporaryFolder();
        var bert = folder.File("tiny-bert");
        var data = LearningSamples.Texts(240, new SeedTree(3));
        WriteBert(data, bert);
        WriteReviews(data, folder);
        var file = Path.Combine(Snapshot.RepositoryRoot, "experiments", "fine-tune-bert.yaml");
        var store = folder.File("store");
        var own = OwnData.Replace("PATH", folder.File("reviews.csv"), StringComparison.Ordinal).ReplaceLineEndings(" ");
        (await CommandLine.RunAsync(
            "run", file, "--store", store,
            "--set", $"data={own}",
            "--set", "split={ strategy: random, train: 0.6, validation: 0.2, test: 0.2 }",
            "--set", "objective.constraints.0.group=age",
            "--set", $"learners.transformer.pretrained={bert}",
            "--set", "budget.trials=4",
            "--set", "evaluation={ bootstrapSamples: 0, minimumGroupSize: 5 }")).ShouldSucceed();
        var leaderboard = JsonNode.Parse((await CommandLine.RunAsync(
            "leaderboard", "fine-tune-bert", "--store", store, "--json")).ShouldSucceed().Output)!;
        var trials = leaderboard["trials"]!.AsArray();
        var best = trials[0]!["number"]!.ToString();

        Assert.HasCount(4, trials);
        var explained = (await CommandLine.RunAsync(
            "explain", "fine-tune-bert", best, "--text", "lovely fit", "--store", store)).ShouldSucceed().Output;
        Assert.Contains("integrated-gradients", explained);
        await CheckAttentionAsync(["explain", "fine-tune-bert", best, "--store", store, "--attention"], folder);
    }

    private static async Task CheckAttentionAsync(string[] explain, TemporaryFolder folder)
    {
        string[] hostile = ["--text", "lovely fit\u001b[31m", "--top", "2"];
        var table = (await CommandLine.RunAsync([.. explain, .. hostile])).ShouldSucceed();
        Assert.StartsWith("Attention in 1 layer of 2 heads between ", table.Output);
        Assert.Contains(" of the attention goes to [CLS] and [SEP]", table.Output);
        Assert.DoesNotContain('\u001b', table.Output);

        string[] secondRow = ["--input", folder.Write("some.csv", "text\nlovely fit\nsoft seam\n"), "--row", "2"];
        var json = (await CommandLine.RunAsync([.. explain, .. secondRow, "--json"])).ShouldSucceed().Output;
        var attention = JsonNode.Parse(json)!;
        var pieces = attention["pieces"]!.AsArray().Count;
        Assert.AreEqual(2, (int)attention["row"]!);
        Assert.AreEqual("soft seam", (string)attention["text"]!);
        foreach (var row in attention["weights"]![0]!.AsArray().SelectMany(head => head!.AsArray()))
        {
            Assert.HasCount(pieces, row!.AsArray());
            Assert.AreEqual(1, row.AsArray().Sum(weight => (double)weight!), 1e-5);
        }

        var page = folder.File("attention.html");
        string[] asPage = ["--text", "lovely <script>", "--format", "html", "-o", page];
        (await CommandLine.RunAsync([.. explain, .. asPage])).ShouldSucceed();
        Assert.HasCount(2, File.ReadAllText(page).Split("<script>"));
    }

    private static void WriteBert(Dataset data, string folder)
    {
        try
        {
            using var model = (TransformerModel)new TransformerLearner(new TransformerOptions
            {
                HiddenSize = 16,
                NumberOfLayers = 1,
                NumberOfHeads = 2,
                IntermediateSize = 16,
                MaximumLength = 24,
                VocabularySize = 300,
                PreNorm = false,
                Pooling = PoolingKind.Cls,
                NumberOfEpochs = 1,
            }).Fit(data, new FitContext { Seeds = new SeedTree(5) });
            model.SaveHuggingFace(folder);
        }
        catch (TorchMissingException e)
        {
            Assert.Inconclusive(e.Message);
        }
    }

    private static void WriteReviews(Dataset data, TemporaryFolder folder)
    {
        var texts = data.Text!.Values.ToArray();
        var labels = ((NumericColumn)data.Label!).Values.ToArray();
        folder.Write("reviews.csv", "text,good,age\n" + string.Concat(Enumerable.Range(0, data.RowCount).Select(
            row => string.Create(
                CultureInfo.InvariantCulture, $"{texts[row]},{labels[row]},{(row % 2 == 0 ? "young" : "old")}\n"))));
    }
}
