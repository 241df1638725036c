using System.Globalization;
using System.Text.Json;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.TestKit;
using Evenhand.TestKit.Learning;

namespace Evenhand.Notebooks.Tests;

[TestClass]
public sealed class NotebookTests
{
    private const string Ratings = """
        name: ratings
        task: rating-prediction
        data:
          source: simulator
          simulator: { users: 100, items: 50, interactions: 2000 }
          groups: { user: [gender] }
        learners: [ bias, { matrix-factorization: { numberOfIterations: 3 } } ]
        objective: { minimize: rmse }
        sampler: random
        curves: true
        budget: { trials: 2 }
        evaluation: { bootstrapSamples: 10, minimumGroupSize: 5 }
        """;

    private const string Texts = """
        name: reviews-fair-text
        task: text-classification
        data:
          rows:
            files: [{ path: data.csv }]
            columns: [{ name: text, type: text, role: text }, { name: good, type: number }]
          label: { column: good }
        learners: LEARNERS
        objective: { maximize: accuracy }
        sampler: random
        budget: { trials: 4 }
        evaluation: { bootstrapSamples: 0 }
        """;

    private const string Linear = "[ { logistic-regression: { hashBits: 10 } } ]";

    private const string LinearAndDeep = """
        [ { logistic-regression: { hashBits: 10 } },
          { transformer: { hiddenSize: 16, numberOfLayers: 1, numberOfHeads: 2, intermediateSize: 16, maximumLength: 24,
                           vocabularySize: 300, numberOfEpochs: 8, learningRate: 0.01 } } ]
        """;

    private static readonly string Folder = Path.Combine(Snapshot.RepositoryRoot, "notebooks");

    public static IEnumerable<string> Notebooks =>
        Directory.EnumerateFiles(Folder, "*.ipynb")
            .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    [TestMethod]
    [DynamicData(nameof(Notebooks))]
    public void Notebook_Read_IsValidAndWithoutOutputs(string name)
    {
        var notebook = Notebook.Read(Path.Combine(Folder, name));
        Assert.AreEqual(4, notebook.Root.GetProperty("nbformat").GetInt32());
        Assert.IsGreaterThanOrEqualTo(
            5, notebook.Root.GetProperty("nbformat_minor").GetInt32(), "cells have identifiers from 4.5 on");
        Assert.AreEqual(".net-csharp", notebook.KernelName);
        Assert.AreEqual(
            "polyglot-notebook",
            notebook.Root.GetProperty("metadata").GetProperty("language_info").GetProperty("name").GetString());
        Assert.HasCount(notebook.Cells.Count, notebook.Cells.Select(c => c.Id).ToHashSet(StringComparer.Ordinal));
        foreach (var cell in notebook.Cells)
        {
            Assert.MatchesRegex("^[a-zA-Z0-9_-]{1,64}$", cell.Id);
            Assert.AreEqual(JsonValueKind.Object, cell.Json.GetProperty("metadata").ValueKind);
        }

        foreach (var cell in notebook.Code)
        {
            Assert.IsEmpty(cell.Outputs, $"{cell.Id} has outputs; clear them");
            Assert.AreEqual(JsonValueKind.Null, cell.Json.GetProperty("execution_count").ValueKind);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Notebooks))]
    public void Notebook_Cells_ShowHtmlAsText(string name)
    {
        // HTML(...) has a type of ASP.NET: Jupyter's kernel, built for another version of it, puts a warning under each
        // cell, which dotnet-repl's does not.
        foreach (var cell in Notebook.Read(Path.Combine(Folder, name)).Code)
        {
            Assert.DoesNotContain(" HTML(", cell.Source, $"{cell.Id}: text.DisplayAs(\"text/html\")");
            Assert.DoesNotContain("(HTML(", cell.Source, $"{cell.Id}: text.DisplayAs(\"text/html\")");
        }
    }

    [TestMethod]
    public async Task Leaderboard_StudyThatHasRun_ShowsItsFigures()
    {
        using var reader = new ReaderFolder();
        await reader.RunExperimentAsync(Ratings, data: "");

        var shown = await reader.RunNotebookAsync("leaderboard.ipynb");

        Assert.AreEqual("text/plain", shown["open-study"].Single().Kind);
        Assert.AreEqual("ratings: 2 trials, minimize rmse", shown["open-study"].Single().Text);
        Assert.AreEqual("text/markdown", shown["print-leaderboard"].Single().Kind);
        Assert.MatchesRegex(@"^\| rank \|[^\n]*\n\|[-:|]+\|\n\| 1 \|", shown["print-leaderboard"].Single().Text);
        foreach (var figure in (CellOutput[])[
            shown["draw-pareto"].Single(), shown["draw-groups"].Single(), .. shown["draw-curves"]])
        {
            Assert.AreEqual("text/html", figure.Kind);
            Assert.StartsWith("<div data-evenhand-figure=", figure.Text);
        }

        Assert.HasCount(2, shown["draw-curves"]);
        Assert.IsEmpty(shown["load-assemblies"]);
        Assert.IsEmpty(shown["write-page"]);
        Assert.IsTrue(File.Exists(reader.PathOf("notebooks/leaderboard.html")));
    }

    [TestMethod]
    public async Task Explanations_LinearModels_ShowsWordsAndSaysThereIsNoTransformer()
    {
        var attention = await ExplainAsync(Linear, ["logistic-regression"]);

        Assert.AreEqual(new CellOutput("text/plain", "The study has kept no transformer."), attention);
    }

    [TestMethod]
    public async Task Explanations_Transformer_ShowsWhereItsLayersLook()
    {
        var attention = await ExplainAsync(LinearAndDeep, ["logistic-regression", "transformer"]);

        Assert.AreEqual("text/html", attention.Kind);
        Assert.Contains("<script>", attention.Text);
    }

    // What is shown of attention; words are shown of each learner.
    private static async Task<CellOutput> ExplainAsync(string learners, string[] names)
    {
        using var reader = new ReaderFolder();
        await reader.RunExperimentAsync(Texts.Replace("LEARNERS", learners, StringComparison.Ordinal), Reviews());

        var shown = await reader.RunNotebookAsync("explanations.ipynb");

        Assert.IsEmpty(shown["load-assemblies"]);
        CollectionAssert.AreEquivalent(
            names, shown["open-models"].Select(o => o.Text.Split(": trial ")[0]).ToList());
        Assert.IsTrue(shown["explain-text"].All(o => o.Kind == "text/html"));
        CollectionAssert.AreEquivalent(
            names.Select(n => $"<h3>{n}</h3>").ToList(),
            shown["explain-text"].Where((_, index) => index % 2 == 0).Select(o => o.Text).ToList());
        Assert.IsTrue(
            shown["explain-text"].Where((_, index) => index % 2 == 1)
                .All(o => o.Text.Contains("Lovely", StringComparison.Ordinal)));
        Assert.IsEmpty(shown["write-pages"]);
        Assert.IsTrue(File.Exists(reader.PathOf("notebooks/explained.html")));

        // The other notebook opens the study too, whatever its learners.
        var leaderboard = await reader.RunNotebookAsync("leaderboard.ipynb");
        Assert.AreEqual("text/html", leaderboard["draw-pareto"].Single().Kind);
        return shown["show-attention"].Single();
    }

    private static string Reviews()
    {
        var data = LearningSamples.Texts(240, new SeedTree(3));
        var texts = data.Text!.Values.ToArray();
        var labels = ((NumericColumn)data.Label!).Values.ToArray();
        return "text,good\n" + string.Concat(texts.Zip(labels, (text, label) => string.Create(
            CultureInfo.InvariantCulture, $"{text},{label}\n")));
    }
}
