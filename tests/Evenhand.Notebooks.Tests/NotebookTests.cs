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
        var cells = Notebook.Read(Path.Combine(Folder, name)).Cells.Where(c => c.Kind == "code").ToList();
        var references = cells.SelectMany(c => Reference().Matches(c.Source))
            .Select(m => m.Groups["path"].Value).ToList();
        Assert.IsNotEmpty(references);
        foreach (var reference in references)
        {
            // bin/ is made by the build that the notebook asks for; the project that makes it is there before.
            var project = reference.Split("/bin/")[0];
            Assert.IsTrue(Directory.Exists(Path.Combine(Folder, project)),
                $"{name} refers to '{reference}': no such project");
        }

        var options = ScriptOptions.Default
            .WithReferences(references.Select(r => Path.Combine(AppContext.BaseDirectory, Path.GetFileName(r))))
            .WithImports(KernelUsings);
        Script script = CSharpScript.Create("", options, typeof(NotebookHost));
        foreach (var cell in cells)
        {
            // As a kernel does it: each cell sees what those before it have declared.
            script = script.ContinueWith(Reference().Replace(cell.Source, ""), options);
            var problems = script.Compile();
            Assert.IsEmpty(problems, $"{name}, cell {cell.Id}: {string.Join('\n', problems)}");
        }
    }

    [GeneratedRegex("^#r \"(?<path>[^\"]+)\"\\s*$", RegexOptions.Multiline)]
    private static partial Regex Reference();
}
