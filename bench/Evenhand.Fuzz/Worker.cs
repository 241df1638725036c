using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Evenhand.Cli;
using Evenhand.Cli.Output;
using Evenhand.Configuration.Randomness;

namespace Evenhand.Fuzz;

/// <summary>Runs cases one after the other in this process, and writes each verdict as a line of JSON.</summary>
internal sealed class Worker(CaseSource source, int seed, string root)
{
    // A run that is long is no fault; that it can be interrupted is part of what is tested.
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(8);

    public async Task RunAsync(int first, int last)
    {
        for (var index = first; index < last; index++)
        {
            Console.WriteLine(JsonSerializer.Serialize(await JudgeAsync(index)));
        }
    }

    private async Task<Verdict> JudgeAsync(int index)
    {
        var (fuzzed, folder) = Make(index);
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var clock = Stopwatch.StartNew();
        int exitCode;
        try
        {
            using var interruption = fuzzed.Runs
                ? new Timer(_ => Interrupt(), null, LongestRun, Timeout.InfiniteTimeSpan)
                : null;
            exitCode = await CommandLineApplication.RunAsync(fuzzed.Arguments, output, error);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            error.WriteLine(exception);
            exitCode = ExitCodes.Failure;
        }

        var verdict = Verdict.Of(index, fuzzed, exitCode, clock.Elapsed.TotalSeconds, error.ToString());
        if (verdict.Problem is null)
        {
            Directory.Delete(folder, recursive: true);
        }

        return verdict;
    }

    /// <summary>The case of a number, with its files written.</summary>
    public (FuzzCase Fuzzed, string Folder) Make(int index)
    {
        var folder = Path.Combine(root, "cases", index.ToString(CultureInfo.InvariantCulture));
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        var random = new SeedTree(seed).Fork($"{source.GetType().Name}/{index}").CreateRandom();
        return (source.Make(random, Path.Combine(root, "originals"), folder), folder);
    }

    private static void Interrupt() =>
        Process.Start("kill", ["-INT", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
}
