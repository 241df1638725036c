using System.Collections.Concurrent;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Experiments.BuiltIn;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Studies;
using Evenhand.Experiments.Tests.Files;
using Evenhand.Learning;
using Evenhand.Tuning.Storage;

namespace Evenhand.Experiments.Tests.Running;

/// <summary>What a run does with its finalists, and with what it knows already.</summary>
[TestClass]
public sealed class FinalistRunTests
{
    private const string Text = """
        name: counted
        task: rating-prediction
        data: { source: simulator, groups: { user: [gender] }, simulator: { users: 60, items: 30, interactions: 1000 } }
        split: { train: 0.7, validation: 0.1, test: 0.2 }
        learners: [ { counted: { shift: { int: [1, 100] } } } ]
        objective: { minimize: rmse, fairness: { metric: rmse-difference, group: gender } }
        evaluation: { bootstrapSamples: 20, finalists: 3 }
        """;

    [TestMethod]
    public async Task RunAsync_NewStudy_PredictsTheTestPartOnceForEachFinalist()
    {
        using var folder = new TemporaryFolder();
        var predicted = new ConcurrentBag<int>();
        var registry = BuiltInRegistry.Create().Add(CountedLearner.Describe(predicted));

        var (leaderboard, testRows) = await Run(folder, registry, trials: 6);

        Assert.HasCount(3, leaderboard.Trials.Where(trial => trial.Test is not null));
        Assert.AreEqual(2, leaderboard.Trials.Count(trial => trial.Test?.Comparison is not null));
        Assert.AreEqual(3, predicted.Count(rows => rows == testRows));
    }

    [TestMethod]
    public async Task RunAsync_Leaderboard_IsThatWhichIsReadFromTheStore()
    {
        using var folder = new TemporaryFolder();
        var registry = BuiltInRegistry.Create().Add(CountedLearner.Describe([]));
        var (leaderboard, _) = await Run(folder, registry, trials: 6);

        using var library = StudyLibrary.Open(folder.Path, registry);

        Assert.AreEqual(Json(StudyReader.Leaderboard(library, library.Find("counted"))), Json(leaderboard));
    }

    private static async Task<(Leaderboard Leaderboard, int TestRows)> Run(
        TemporaryFolder folder, Registry registry, int trials)
    {
        var plan = ExperimentPlan.Load(
            folder.Write("counted.yaml", Text), registry, [new("budget.trials", $"{trials}")]);
        var data = ExperimentData.Load(plan, null, IRunListener.None, CancellationToken.None);
        using var library = StudyLibrary.OpenOrCreate(folder.Path, registry);
        var record = library.Create("counted", plan.Define(data.Facts), null, DateTimeOffset.UnixEpoch);
        var leaderboard = await new ExperimentRunner(plan, data, IRunListener.None).RunAsync(
            library, record, CancellationToken.None);
        return (leaderboard, data.Split.Test.RowCount);
    }

    private static string Json(Leaderboard leaderboard)
    {
        using var stream = new MemoryStream();
        LeaderboardJson.Write(stream, leaderboard);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Options of <see cref="CountedLearner"/>.</summary>
    public sealed record CountedOptions : LearnerOptions
    {
        /// <summary>Tells one model from another.</summary>
        /// <value>1</value>
        public int Shift { get; init; } = 1;
    }

    private sealed class CountedLearner(CountedOptions options, ConcurrentBag<int> predicted)
        : Learner<CountedOptions>(options)
    {
        public static LearnerDescriptor Describe(ConcurrentBag<int> predicted) => LearnerDescriptor.Of<CountedOptions>(
            "counted",
            "Counts how many rows it is asked for.",
            [TaskKind.RatingPrediction],
            options => new CountedLearner(options, predicted),
            reader => new CountedModel(reader.ReadOptions<CountedOptions>(), predicted));

        protected override Model FitCore(Dataset train, FitContext context) => new CountedModel(Options, predicted);
    }

    private sealed class CountedModel(CountedOptions options, ConcurrentBag<int> predicted) : Model
    {
        public override string LearnerName => "counted";

        public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default)
        {
            predicted.Add(data.RowCount);
            return new RatingPredictions(
                [.. Enumerable.Range(0, data.RowCount).Select(row => 3 + ((row * options.Shift % 7) / 10.0))]);
        }

        public override void Write(ModelWriter writer) => writer.WriteOptions(options);
    }
}
