using System.Diagnostics;
using Evenhand.TestKit;

namespace Evenhand.Notebooks.Tests;

/// <summary>What a reader of the notebooks has: the repository's folders with the program built, and a store of
/// studies. Removed at the end of a test.</summary>
/// <remarks>The notebooks run in .NET Interactive's kernel, which the tool <c>dotnet-repl</c> brings; its version
/// stands in <c>.config/dotnet-tools.json</c>.</remarks>
internal sealed class ReaderFolder : IDisposable
{
    private static readonly string Program = BuiltProgram();

    private readonly string _root = Directory.CreateTempSubdirectory("evenhand-").FullName;

    public ReaderFolder()
    {
        Directory.CreateDirectory(PathOf("notebooks"));
        Directory.CreateDirectory(PathOf("src/Evenhand.Cli/bin/Release"));
        Directory.CreateSymbolicLink(PathOf("src/Evenhand.Cli/bin/Release/net10.0"), Program);
        Directory.CreateSymbolicLink(PathOf(".config"), Path.Combine(Snapshot.RepositoryRoot, ".config"));
    }

    public string PathOf(string name) => Path.Combine(_root, name);

    /// <summary>Runs an experiment as a user does, with its own data and store.</summary>
    public async Task RunExperimentAsync(string experiment, string data)
    {
        await File.WriteAllTextAsync(PathOf("experiment.yaml"), experiment);
        await File.WriteAllTextAsync(PathOf("data.csv"), data);
        var (exitCode, output) = await RunAsync(
            _root, Path.Combine(Program, "evenhand.dll"), "run", "experiment.yaml", "--store", ".evenhand");
        if (output.Contains("Deep models need libtorch", StringComparison.Ordinal))
        {
            Assert.Inconclusive(output);
        }

        Assert.AreEqual(0, exitCode, output);
    }

    /// <summary>Opens a notebook and runs every cell.</summary>
    /// <returns>What stands under each cell with code, by the cell's identifier.</returns>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<CellOutput>>> RunNotebookAsync(string name)
    {
        var notebook = PathOf(Path.Combine("notebooks", name));
        var result = PathOf("result.ipynb");
        File.Copy(Path.Combine(Snapshot.RepositoryRoot, "notebooks", name), notebook);
        var (exitCode, output) = await RunAsync(
            PathOf("notebooks"), "tool", "run", "dotnet-repl", "--run", name, "--exit-after-run",
            "--output-format", "ipynb", "--output-path", result);
        if (output.Contains("dotnet tool restore", StringComparison.Ordinal))
        {
            Assert.Inconclusive("dotnet-repl is missing: dotnet tool restore");
        }

        Assert.IsTrue(File.Exists(result), output);
        // The tool drops the identifiers of cells; their order stays.
        var shown = Notebook.Read(notebook).Code.Zip(Notebook.Read(result).Code)
            .ToDictionary(cells => cells.First.Id, cells => cells.Second.Outputs);
        foreach (var (cell, outputs) in shown)
        {
            Assert.IsFalse(
                outputs.Any(o => o.Kind is "error" or "stderr"), $"{cell}: {string.Join('\n', outputs)}");
        }

        Assert.AreEqual(0, exitCode, output);
        return shown;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static async Task<(int ExitCode, string Output)> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    // Built as the tests are: bin/Release/net10.0, for example.
    private static string BuiltProgram()
    {
        var project = Path.Combine(Snapshot.RepositoryRoot, "tests", "Evenhand.Notebooks.Tests");
        var built = Path.GetRelativePath(project, AppContext.BaseDirectory);
        return Path.GetFullPath(Path.Combine(Snapshot.RepositoryRoot, "src", "Evenhand.Cli", built));
    }
}
