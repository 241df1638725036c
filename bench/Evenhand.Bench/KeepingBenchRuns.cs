using System.Diagnostics;
using System.Globalization;
using Evenhand.Cli.Tests;
using Evenhand.Experiments.Studies;
using Evenhand.Tuning.Storage;

namespace Evenhand.Bench;

/// <summary>The processes of <see cref="KeepingBench"/>: each starts, goes on with or reads a study.</summary>
internal sealed class KeepingBenchRuns
{
    private readonly string _program;
    private readonly string _folder;
    private readonly string _file;
    private readonly string _study;
    private readonly int _trials;
    private readonly string _whole;
    private int _stores;

    /// <summary>Runs the study once as a whole, to compare the others with.</summary>
    public KeepingBenchRuns(string program, string folder, string experiment, string study, int trials)
    {
        (_program, _folder, _study, _trials) = (program, folder, study, trials);
        _file = Path.Combine(folder, $"{study}.yaml");
        File.WriteAllText(_file, experiment);
        var store = NewStore();
        using var process = Start(store, jobs: 1);
        process.WaitForExit();
        _whole = Leaderboard(store);
    }

    public string NewStore() => Path.Combine(
        _folder, (_stores++).ToString(CultureInfo.InvariantCulture));

    /// <summary>Makes the study, or goes on with it.</summary>
    public Process Start(string store, int jobs) => HasStudy(store)
        ? Resume(store, jobs, _trials)
        : Begin("run", _file, "--store", store, "--jobs", $"{jobs}");

    public Process Resume(string store, int jobs, int trials) =>
        Begin("resume", _study, "--store", store, "--jobs", $"{jobs}", "--trials", $"{trials}");

    /// <summary>Makes a study of one trial.</summary>
    public void Make(string store)
    {
        using var process = Begin("run", _file, "--store", store, "--trials", "1");
        process.WaitForExit();
    }

    /// <summary>Lets the study end and looks for what does not fit.</summary>
    /// <param name="store">The store.</param>
    /// <param name="jobs">With one job, all must be as if nothing had happened.</param>
    /// <param name="comparable">Whether the study was never run by several processes or jobs.</param>
    public IReadOnlyList<string> EndAndCheck(string store, int jobs, bool comparable = true)
    {
        using var process = Resume(store, jobs, _trials);
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            return [$"exit code {process.ExitCode} at the end: {error}"];
        }

        var problems = KeptModels.Problems(store, _study, _trials).ToList();
        if (comparable && jobs == 1 && Leaderboard(store) != _whole)
        {
            problems.Add("the leaderboard is not that of an uninterrupted study");
        }

        return problems;
    }

    /// <summary>Kills a process a moment after so many trials have finished.</summary>
    /// <returns>Whether it was still running.</returns>
    public static bool KillAt(Process process, string store, string study, int trials, TimeSpan moment)
    {
        while (!process.HasExited && Finished(store, study) < trials)
        {
            Thread.Sleep(2);
        }

        var clock = Stopwatch.StartNew();
        while (!process.HasExited && clock.Elapsed < moment)
        {
            Thread.Sleep(1);
        }

        if (process.HasExited)
        {
            return false;
        }

        process.Kill();
        process.WaitForExit();
        return process.ExitCode == 137;
    }

    public static int Finished(string store, string study)
    {
        if (!HasStudy(store))
        {
            return 0;
        }

        using var library = StudyLibrary.Open(store, Registries.Full);
        return library.Storage.CountTrials(study);
    }

    public static void Mount(string folder, string options)
    {
        using var mount = Process.Start("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]);
        mount.WaitForExit();
    }

    // A store that a process is making just now may be unreadable for a moment.
    private static bool HasStudy(string store)
    {
        try
        {
            if (!File.Exists(Path.Combine(store, "studies.db")))
            {
                return false;
            }

            using var library = StudyLibrary.Open(store, Registries.Full);
            return library.List().Count > 0;
        }
        catch (StorageException)
        {
            return false;
        }
    }

    private string Leaderboard(string store)
    {
        using var process = Begin("leaderboard", _study, "--store", store, "--json");
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return Leaderboards.WithoutSeconds(text);
    }

    private Process Begin(params string[] args) => Process.Start(new ProcessStartInfo(_program, args)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
