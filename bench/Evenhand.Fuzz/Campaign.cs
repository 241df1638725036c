using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Evenhand.Cli;

namespace Evenhand.Fuzz;

/// <summary>All cases of a kind, in processes that are watched: one that hangs or dies is a fault of its case, and the
/// next process goes on after it.</summary>
internal sealed class Campaign(string kind, CaseSource source, int seed)
{
    private static readonly TimeSpan LongestCase = TimeSpan.FromSeconds(20);

    // No allocation of more than 1 GB succeeds; a large one that is refused is seen by its message.
    private const string HeapLimit = "0x40000000";

    private readonly List<Verdict> _faults = [];
    private readonly SortedDictionary<int, int> _exitCodes = [];

    /// <summary>Runs the cases and prints what was found.</summary>
    /// <returns>Whether nothing was.</returns>
    public async Task<bool> RunAsync(int cases)
    {
        var root = await PrepareAsync(source);
        Console.WriteLine($"{kind}: {cases} cases of seed {seed}, in {root}");
        var longest = 0.0;
        for (var next = 0; next < cases;)
        {
            using var worker = StartWorker(next, cases, root);
            while (next < cases && await NextAsync(worker, next) is { } verdict)
            {
                next++;
                longest = Math.Max(longest, verdict.Seconds);
                _exitCodes[verdict.ExitCode] = _exitCodes.GetValueOrDefault(verdict.ExitCode) + 1;
                if (verdict.Problem is not null)
                {
                    Report(verdict);
                }

                if (verdict.ExitCode < 0)
                {
                    break;
                }
            }
        }

        var codes = string.Join(", ", _exitCodes.Select(e => $"{e.Key}: {e.Value}"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{kind}: {_faults.Count} faults in {cases} cases; exit codes {codes}; longest {longest:0.0} s"));
        if (_faults.Count == 0)
        {
            Directory.Delete(root, recursive: true);
        }

        return _faults.Count == 0;
    }

    /// <summary>Runs one case in this process, with all that it prints; its files stay.</summary>
    public static async Task<int> ShowAsync(CaseSource source, int seed, int index)
    {
        var root = await PrepareAsync(source);
        var (fuzzed, _) = new Worker(source, seed, root).Make(index);
        Console.WriteLine($"evenhand {string.Join(' ', fuzzed.Arguments)} --verbose");
        string[] arguments = [.. fuzzed.Arguments, "--verbose"];
        return await CommandLineApplication.RunAsync(arguments, Console.Out, Console.Error);
    }

    private static async Task<string> PrepareAsync(CaseSource source)
    {
        var root = Directory.CreateTempSubdirectory("evenhand-fuzz-").FullName;
        await source.PrepareAsync(Directory.CreateDirectory(Path.Combine(root, "originals")).FullName);
        return root;
    }

    private Process StartWorker(int first, int last, string root)
    {
        string[] numbers = [.. ((int[])[seed, first, last]).Select(n => n.ToString(CultureInfo.InvariantCulture))];
        var start = new ProcessStartInfo(
            Environment.ProcessPath!, ["worker", kind, .. numbers, root])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    // The verdict on the case that the worker is at; it ends without one where the case ends it.
    private static async Task<Verdict> NextAsync(Process worker, int index)
    {
        using var patience = new CancellationTokenSource(LongestCase);
        try
        {
            if (await worker.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                return JsonSerializer.Deserialize<Verdict>(line)!;
            }

            await worker.WaitForExitAsync(CancellationToken.None);
            return new Verdict(index, $"the process ended with {worker.ExitCode}", -1, 0, "", "");
        }
        catch (OperationCanceledException)
        {
            worker.Kill();
            return new Verdict(index, "a hang", -1, LongestCase.TotalSeconds, "", "");
        }
    }

    private void Report(Verdict verdict)
    {
        _faults.Add(verdict);
        Console.WriteLine($"{kind} {verdict.Index}: {verdict.Problem} (exit code {verdict.ExitCode})");
        Console.WriteLine($"  {verdict.Command}");
        Console.WriteLine($"  {Shortened(verdict.Message.Trim())}");
    }

    private static string Shortened(string text) => text.Length <= 1200 ? text : text[..1200] + " ...";
}
