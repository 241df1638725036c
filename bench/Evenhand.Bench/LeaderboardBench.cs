using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Evenhand.Cli.Tests;
using Evenhand.Configuration.Randomness;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Studies;
using Evenhand.Tuning.Samplers;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;

namespace Evenhand.Bench;

/// <summary>Runs <c>leaderboard</c>, as published, over a study of 10,000 trials. Limit: 1 s.</summary>
internal static class LeaderboardBench
{
    private const int Trials = 10_000;
    private const int Repetitions = 7;

    // Groups on both sides and a crossing: as much is measured of a trial as in the experiments that are shipped.
    private const string Experiment = """
        name: large
        task: rating-prediction
        data:
          source: simulator
          simulator: { users: 200, items: 100, interactions: 5000, texts: false }
          groups: { user: [gender, age-band, gender*age-band], item: [provider] }
        learners:
          - matrix-factorization: { approximationRank: search, lambda: search, learningRate: search, numberOfIterations: 2 }
          - bias: { userDamping: search }
        objective: { minimize: rmse, fairness: { metric: rmse-difference, group: gender, weight: 0.5 } }
        budget: { trials: 20 }
        """;

    /// <summary>Makes the study, then times every form of its leaderboard.</summary>
    public static void Run(string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("evenhand-bench-");
        try
        {
            var store = Path.Combine(folder.FullName, "store");
            var watch = Stopwatch.StartNew();
            MakeStudyAsync(folder.FullName, store).GetAwaiter().GetResult();
            var size = new FileInfo(Path.Combine(store, "studies.db")).Length / 1e6;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{Trials} trials, {size:0} MB, made in {watch.Elapsed.TotalSeconds:0} s"));
            var evenhand = PublishedCommand.PublishEvenhand(Path.Combine(folder.FullName, "evenhand"));
            foreach (var form in new[] { "table", "json", "csv", "markdown", "html" })
            {
                var seconds = new double[Repetitions];
                for (var i = 0; i < Repetitions; i++)
                {
                    seconds[i] = PublishedCommand.Time(evenhand, "leaderboard", "large", "--store", store, "--format", form);
                }

                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"leaderboard --format {form,-8} median {PublishedCommand.Median(seconds):0.00} s, best {seconds.Min():0.00} s"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Twenty trials are run; the others are these with other parameters and figures.
    private static async Task MakeStudyAsync(string folder, string store)
    {
        var file = Path.Combine(folder, "large.yaml");
        await File.WriteAllTextAsync(file, Experiment);
        var plan = ExperimentPlan.Load(file, Registries.Full, [], null);
        var data = ExperimentData.Load(plan, null, IRunListener.None, CancellationToken.None);
        using var library = StudyLibrary.OpenOrCreate(store, Registries.Full);
        var study = library.Create(plan.Experiment.Name, plan.Define(data.Facts), null, DateTimeOffset.UnixEpoch);
        await new ExperimentRunner(plan, data, IRunListener.None).RunAsync(library, study, CancellationToken.None);

        var real = library.Storage.ReadTrials(study.Name);
        var seeds = new SeedTree(1);
        var sampler = new RandomSampler();
        for (var number = real.Count; number < Trials; number++)
        {
            var random = seeds.Fork($"trial/{number}").CreateRandom();
            var context = new ProposalContext(plan.Learners.Space, plan.Objective, [], number, random);
            library.Storage.AppendTrial(study.Name, Vary(real[number % real.Count], random) with
            {
                Number = number,
                Attempt = 0,
                Parameters = sampler.Propose(context),
            });
        }
    }

    private static FinishedTrial Vary(FinishedTrial trial, Random random)
    {
        var measures = trial.Measures.ToDictionary(m => m.Key, m => m.Value * (1 + (0.2 * random.NextDouble())));
        var payload = JsonNode.Parse(trial.Payload!)!;
        foreach (var part in new[] { "metrics", "fairness" })
        {
            foreach (var (name, figure) in payload[part]!.AsObject())
            {
                figure!["value"] = measures[name];
            }
        }

        return trial with { Measures = measures, Payload = payload.ToJsonString() };
    }
}
