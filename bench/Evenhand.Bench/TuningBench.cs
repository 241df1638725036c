using System.Diagnostics;
using Evenhand.Configuration.Randomness;
using Evenhand.TestKit.Tuning;
using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Samplers;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;

namespace Evenhand.Bench;

/// <summary>How well and how fast the samplers propose, and how fast a large study is read.</summary>
internal static class TuningBench
{
    private const int Seeds = 20;
    private static readonly int[] Evaluations = [25, 50, 100, 200];

    public static void Run(string[] args)
    {
        _ = args;
        Regret();
        Proposals();
        Storage();
    }

    private static void Regret()
    {
        Console.WriteLine($"simple regret: median [quartiles] over {Seeds} seeds, and median / random's");
        foreach (var function in TestFunction.All)
        {
            var random = Quartiles(function, new RandomSampler());
            foreach (var sampler in new Sampler[] { new RandomSampler(), new TpeSampler() })
            {
                var quartiles = Quartiles(function, sampler);
                var cells = Evaluations.Select((count, index) =>
                {
                    var (low, middle, high) = quartiles[index];
                    return $"{count}: {middle:g3} [{low:g2}, {high:g2}] {middle / random[index].Middle:f2}";
                });
                Console.WriteLine($"  {function.Name,-13} {sampler.Name,-7} {string.Join("  ", cells)}");
            }
        }
    }

    private static (double Low, double Middle, double High)[] Quartiles(TestFunction function, Sampler sampler)
    {
        var runs = new double[Seeds][];
        for (var seed = 0; seed < Seeds; seed++)
        {
            var seeds = new SeedTree(seed);
            runs[seed] = function.SimpleRegret(sampler, Evaluations[^1], trial =>
                seeds.Fork($"trial/{trial}").CreateRandom());
        }

        return [.. Evaluations.Select(count =>
        {
            var sorted = runs.Select(run => run[count - 1]).Order().ToArray();
            return (sorted[Seeds / 4], 0.5 * (sorted[(Seeds / 2) - 1] + sorted[Seeds / 2]), sorted[3 * Seeds / 4]);
        })];
    }

    private static void Proposals()
    {
        Console.WriteLine("TPE, time of one proposal after 1,000 trials");
        var composite = new CompositeObjective(new MeasureGoal("error", Maximize: false), new MeasurePenalty("gap",
            0.5));
        var pareto = new ParetoObjective([new("error", Maximize: false), new("gap", Maximize: false)]);
        foreach (var function in new[] { TestFunction.ModelSearch, TestFunction.Hartmann6 })
        {
            foreach (var objective in new Objective[] { composite, pareto })
            {
                var trials = History(function.Space, 1000);
                var sampler = new TpeSampler();
                var times = new List<double>();
                for (var repeat = 0; repeat < 60; repeat++)
                {
                    var context = new ProposalContext(function.Space, objective, trials, 1000,
                        new SeededRandom((ulong)repeat));
                    var start = Stopwatch.GetTimestamp();
                    sampler.Propose(context);
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }

                // The first calls are compiled.
                Console.WriteLine($"  {function.Name,-13} {objective.Losses(trials[0]).Length} objective(s)"
                    + $"  {times.Skip(20).Order().ElementAt(20):f2} ms");
            }
        }
    }

    private static void Storage()
    {
        var path = Path.Combine(Path.GetTempPath(), $"evenhand-bench-{Environment.ProcessId}.db");
        try
        {
            using var storage = new SqliteStorage(path);
            storage.CreateStudy(new StudyRecord("bench", "bench", "", DateTimeOffset.UnixEpoch));
            var payload = new string('x', 2500);
            var start = Stopwatch.GetTimestamp();
            foreach (var trial in History(TestFunction.ModelSearch.Space, 10_000))
            {
                storage.AppendTrial("bench", trial with { Payload = payload });
            }

            var append = Stopwatch.GetElapsedTime(start).TotalMilliseconds / 10_000;
            Console.WriteLine($"SQLite, 10,000 trials of 2.5 KB: append {append:f3} ms a trial, flushed to disk");
            foreach (var payloads in new[] { true, false, true, false, true, false })
            {
                start = Stopwatch.GetTimestamp();
                storage.ReadTrials("bench", payloads);
                Console.WriteLine($"  read {(payloads ? "with" : "without")} payloads"
                    + $" {Stopwatch.GetElapsedTime(start).TotalMilliseconds:f0} ms");
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static FinishedTrial[] History(SearchSpace space, int count)
    {
        var random = new SeededRandom(1);
        var sampler = new RandomSampler();
        var objective = new CompositeObjective(new MeasureGoal("error", Maximize: false));
        return [.. Enumerable.Range(0, count).Select(number => new FinishedTrial
        {
            Number = number,
            State = TrialState.Complete,
            Parameters = sampler.Propose(new ProposalContext(space, objective, [], number, random)),
            Measures = new Dictionary<string, double> { ["error"] = random.NextDouble(),
                ["gap"] = random.NextDouble() },
            Started = DateTimeOffset.UnixEpoch,
            Duration = TimeSpan.FromSeconds(1),
        })];
    }
}
