using System.Diagnostics;
using System.Globalization;

namespace Evenhand.Bench;

/// <summary>Whether a study keeps what was done: processes that are killed, that run the same study at the same time,
/// and that have no room left. Every kept model is measured again and compared with its stored trial.</summary>
/// <remarks>Arguments: number of kills (200 by default), of pairs of processes (20), and of full disks (12, for which
/// root is needed); then the path of a built <c>evenhand</c>, which is published otherwise.</remarks>
internal static class KeepingBench
{
    private const string Study = "keeping";
    private const int Trials = 24;

    // A kill comes within so many trials from where the last one came.
    private const int LongestProgress = 5;
    private const int FinalistsKills = 3;

    private const string Experiment = """
        name: keeping
        task: rating-prediction
        seed: 5
        data:
          source: simulator
          simulator: { users: 300, items: 120, interactions: 6000, texts: false }
          groups: { user: [gender] }
        learners:
          - matrix-factorization:
              approximationRank: { int: [4, 32], log: true }
              lambda: { float: [0.01, 0.3], log: true }
              numberOfIterations: 30
        objective: { minimize: rmse, fairness: { metric: rmse-difference, group: gender, weight: 0.5 } }
        budget: { trials: 24 }
        evaluation: { finalists: 6, bootstrapSamples: 300 }
        """;

    public static void Run(string[] args)
    {
        var (kills, pairs, disks) = (Argument(args, 0, 200), Argument(args, 1, 20), Argument(args, 2, 12));
        var folder = Directory.CreateTempSubdirectory("evenhand-keeping-").FullName;
        try
        {
            var program = args.Length > 3 ? args[3] : PublishedCommand.PublishEvenhand(Path.Combine(folder, "build"));
            var keeping = new KeepingBenchRuns(program, folder, Experiment, Study, Trials);
            foreach (var jobs in (int[])[1, 2])
            {
                Kills(keeping, kills / 2, jobs);
            }

            Pairs(keeping, pairs);
            FullDisks(keeping, disks);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Kills(KeepingBenchRuns runs, int kills, int jobs)
    {
        var random = new Random(jobs);
        var (inTrials, inFinalists, studies, trials) = (0, 0, 0, 0);
        var problems = new List<string>();
        while (inTrials + inFinalists < kills)
        {
            var store = runs.NewStore();
            var finalistsKills = 0;
            while (inTrials + inFinalists < kills)
            {
                using var process = runs.Start(store, jobs);
                var done = KeepingBenchRuns.Finished(store, Study);
                var goal = Math.Min(Trials, done + random.Next(LongestProgress));
                var killed = KeepingBenchRuns.KillAt(
                    process, store, Study, goal, TimeSpan.FromMilliseconds(random.Next(done < Trials ? 120 : 900)));
                if (!killed || (done == Trials && ++finalistsKills > FinalistsKills))
                {
                    break;
                }

                var now = KeepingBenchRuns.Finished(store, Study);
                (inTrials, inFinalists) = now < Trials ? (inTrials + 1, inFinalists) : (inTrials, inFinalists + 1);
            }

            problems.AddRange(runs.EndAndCheck(store, jobs));
            studies++;
            trials += Trials;
        }

        Console.WriteLine($"kills, --jobs {jobs}: {inTrials} among the trials, {inFinalists} after the last one; "
            + $"{studies} studies, {trials} trials; {problems.Count} problems");
        Print(problems);
    }

    // Resumed twice at once; with other numbers of jobs; with other budgets; one of the two killed.
    private static void Pairs(KeepingBenchRuns runs, int pairs)
    {
        var random = new Random(3);
        var problems = new List<string>();
        for (var pair = 0; pair < pairs; pair++)
        {
            var store = runs.NewStore();
            runs.Make(store);
            var both = new[]
            {
                runs.Resume(store, pair % 2 == 0 ? 3 : 1, Trials),
                runs.Resume(store, pair % 2 == 0 ? 2 : 1, pair % 4 < 2 ? Trials : Trials / 2),
            };
            if (pair % 5 == 4)
            {
                KeepingBenchRuns.KillAt(both[0], store, Study, random.Next(1, Trials), TimeSpan.Zero);
            }

            foreach (var process in both)
            {
                process.WaitForExit();
                if (process.ExitCode is not (0 or 137))
                {
                    problems.Add($"pair {pair}: exit code {process.ExitCode}");
                }

                process.Dispose();
            }

            problems.AddRange(runs.EndAndCheck(store, pair % 2 == 0 ? 2 : 1, comparable: false));
        }

        Console.WriteLine($"pairs of processes: {pairs}; {problems.Count} problems");
        Print(problems);
    }

    // Room for a little more each time, so that every kind of file is the one that finds none.
    private static void FullDisks(KeepingBenchRuns runs, int disks)
    {
        var problems = new List<string>();
        var (stopped, silent) = (0, 0);
        for (var disk = 0; disk < disks; disk++)
        {
            var store = runs.NewStore();
            Directory.CreateDirectory(store);
            KeepingBenchRuns.Mount(store, "size=60k");
            try
            {
                for (var room = 60 + (7 * disk); room < 8000; room = room * 5 / 4)
                {
                    KeepingBenchRuns.Mount(store, $"remount,size={room}k");
                    using var process = runs.Start(store, jobs: 1 + (disk % 2));
                    var error = process.StandardError.ReadToEnd();
                    process.WaitForExit();
                    if (process.ExitCode == 0)
                    {
                        break;
                    }

                    stopped++;
                    silent += error.Contains("full", StringComparison.Ordinal) && process.ExitCode == 2 ? 0 : 1;
                    if (process.ExitCode != 2)
                    {
                        problems.Add($"room {room} kB: exit code {process.ExitCode}: {error}");
                    }
                }

                KeepingBenchRuns.Mount(store, "remount,size=40000k");
                problems.AddRange(runs.EndAndCheck(store, 1, comparable: disk % 2 == 0));
            }
            finally
            {
                using var unmount = Process.Start("umount", ["-l", store]);
                unmount.WaitForExit();
            }
        }

        Console.WriteLine($"full disks: {disks}, {stopped} runs stopped, {silent} of them not said to be full; "
            + $"{problems.Count} problems");
        Print(problems);
    }

    private static void Print(List<string> problems)
    {
        foreach (var problem in problems)
        {
            Console.WriteLine($"  {problem}");
        }
    }

    private static int Argument(string[] args, int index, int value) =>
        args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : value;
}
