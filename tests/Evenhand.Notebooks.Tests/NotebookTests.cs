using System.Text.Json;
using System.Text.RegularExpressions;
using Evenhand.TestKit;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Evenhand.Notebooks.Tests;

[TestClass]
public sealed partial class NotebookTests
{
    private static readonly string Folder = Path.Combine(Snapshot.RepositoryRoot, "notebooks");

    // The usings that .NET kernels start with.
    private static readonly string[] KernelUsings =
    [
        "System", "System.IO", "System.Text", "System.Collections.Generic", "System.Linq", "System.Threading.Tasks",
    ];

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
            if (cell.Kind == "code")
            {
                Assert.AreEqual(0, cell.Json.GetProperty("outputs").GetArrayLength(),
                    $"{cell.Id} has outputs; clear them");
                Assert.AreEqual(JsonValueKind.Null, cell.Json.GetProperty("execution_count").ValueKind);
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Notebooks))]
    public void Notebook_Cells_CompileAgainstTheAssemblies(string name)
    {
        var cells = Code(name);
        var references = References(cells);
        Assert.IsNotEmpty(references);
        foreach (var reference in references)
        {
            // bin/ is made by the build that the notebook asks for; the project that makes it is there before.
            var project = reference.Split("/bin/")[0];
            Assert.IsTrue(Directory.Exists(Path.Combine(Folder, project)),
                $"{name} refers to '{reference}': no such project");
        }

        var options = Options(references);
        Script script = CSharpScript.Create("", options, typeof(NotebookHost));
        foreach (var cell in cells)
        {
            // As a kernel does it: each cell sees what those before it have declared.
            script = script.ContinueWith(Reference().Replace(cell.Source, ""), options);
            var problems = script.Compile();
            Assert.IsEmpty(problems, $"{name}, cell {cell.Id}: {string.Join('\n', problems)}");
        }
    }

    [TestMethod]
    public async Task Leaderboard_StudyThatHasRun_ShowsItsFigures()
    {
        using var store = new NotebookStore();
        await store.RunStudyAsync();

        var shown = await RunAsync("leaderboard.ipynb", store);

        Assert.AreEqual("ratings: 2 trials, minimize rmse", shown[0]);
        Assert.Contains("matrix-factorization", (string)shown[1]);
        Assert.IsTrue(shown.Skip(2).All(figure => ((string)figure).Contains("<script>", StringComparison.Ordinal)));
        Assert.HasCount(4, shown);
        Assert.IsTrue(File.Exists(store.PathOf("leaderboard.html")));
    }

    [TestMethod]
    public async Task Explanations_ModelOfTexts_ShowsItsWords()
    {
        using var store = new NotebookStore();
        store.WriteTextModel("reviews-fair-text");

        var shown = await RunAsync("explanations.ipynb", store);

        Assert.AreEqual("logistic-regression: trial 0", shown[0]);
        Assert.Contains("Lovely", (string)shown[2]);
        Assert.AreEqual("The study has kept no transformer.", shown[3]);
        Assert.IsTrue(File.Exists(store.PathOf("explained.html")));
    }

    // In the order of the cells, as a kernel does it that loads assemblies by their paths; files lie in the store.
    private static async Task<List<object>> RunAsync(string name, NotebookStore store)
    {
        var cells = Code(name);
        var options = Options(References(cells));
        var host = new NotebookHost();
        ScriptState? state = null;
        foreach (var cell in cells)
        {
            var source = store.Redirect(Reference().Replace(cell.Source, ""));
            state = state is null
                ? await CSharpScript.RunAsync(source, options, host, typeof(NotebookHost))
                : await state.ContinueWithAsync(source, options);
        }

        return host.Shown;
    }

    private static List<NotebookCell> Code(string name) =>
        [.. Notebook.Read(Path.Combine(Folder, name)).Cells.Where(c => c.Kind == "code")];

    private static List<string> References(List<NotebookCell> cells) =>
        [.. cells.SelectMany(c => Reference().Matches(c.Source)).Select(m => m.Groups["path"].Value)];

    private static ScriptOptions Options(List<string> references) => ScriptOptions.Default
        .WithReferences(references.Select(r => Path.Combine(AppContext.BaseDirectory, Path.GetFileName(r))))
        .WithImports(KernelUsings);

    [GeneratedRegex("^#r \"(?<path>[^\"]+)\"\\s*$", RegexOptions.Multiline)]
    private static partial Regex Reference();
}
