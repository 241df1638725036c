using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Studies;
using Evenhand.Experiments.Tests.Files;
using Evenhand.Learning;
using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Samplers;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Studies;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Tests.Running;

/// <summary>Studies whose fits report.</summary>
[TestClass]
public sealed class PrunedRunTests
{
    private const string Gap = "rmse-difference(gender)";
    private const int Steps = 6;

    [TestMethod]
    public async Task RunAsync_MedianPruner_PrunesAndRanksTheRest()
    {
        using var run = new Run("pruner: median", trials: 16);
        var board = await run.Continue(16);
        var pruned = board.Trials.Where(t => t.State == "pruned").ToArray();
        var complete = board.Trials.Where(t => t.State == "complete").ToArray();
        Assert.AreEqual(16, pruned.Length + complete.Length);
        Assert.IsGreaterThan(2, pruned.Length);
        Assert.AreEqual("median", board.Protocol["pruner"]);
        CollectionAssert.AreEqual(complete.Concat(pruned).ToArray(), board.Trials.ToArray(), "Pruned ones stand last.");
        Assert.IsTrue(Array.TrueForAll(pruned, t => t.PrunedAfter is >= 1 and <= Steps && t.Rank is null
            && !t.Pareto && !t.Feasible && t.Test is null && t.Number != board.Best && t.Number != board.Fairest));
        Assert.IsTrue(Array.TrueForAll(complete, t => t.PrunedAfter is null && t.Reports.Count == Steps));
    }

    [TestMethod]
    public async Task RunAsync_Curves_ChangeNoFigureAndEndWithThem()
    {
        using var plain = new Run("", trials: 3);
        using var curved = new Run("curves: true", trials: 3);
        var (without, with) = (await plain.Continue(3), await curved.Continue(3));
        foreach (var (bare, trial) in without.Trials.Zip(with.Trials))
        {
            Assert.IsEmpty(bare.Reports);
            Assert.AreEqual(bare.Validation["rmse"], trial.Validation["rmse"]);
            CollectionAssert.AreEqual(
                Enumerable.Range(1, Steps).ToArray(), trial.Reports.Select(report => report.Step).ToArray());
            var last = trial.Reports[^1].Measures;
            CollectionAssert.AreEquivalent(new[] { "rmse", Gap, "train-loss" }, last.Keys.ToArray());
            Assert.AreEqual(trial.Validation["rmse"].Value, last["rmse"]);
            Assert.AreEqual(trial.Fairness[Gap].Value, last[Gap]);
            Assert.IsLessThan(trial.Reports[0].Measures["train-loss"], last["train-loss"]);
        }
    }

    [TestMethod]
    public async Task RunAsync_PrunedStoppedAndResumed_EqualsUninterrupted()
    {
        using var whole = new Run("pruner: { median: { startupTrials: 3 } }", trials: 14);
        using var parts = new Run("pruner: { median: { startupTrials: 3 } }", trials: 14);
        await whole.Continue(14);
        foreach (var trials in new[] { 4, 5, 9, 14 })
        {
            await parts.Continue(trials);
        }

        static (TrialState, ParameterSet, string, string) Facts(FinishedTrial trial) => (
            trial.State, trial.Parameters, string.Join(' ', trial.Measures),
            string.Join(' ', trial.Reports.Select(report => $"{report.Step}: {string.Join(' ', report.Measures)}")));
        Assert.IsTrue(whole.Trials.Any(trial => trial.State == TrialState.Pruned));
        CollectionAssert.AreEqual(whole.Trials.Select(Facts).ToArray(), parts.Trials.Select(Facts).ToArray());
    }

    [TestMethod]
    public async Task RunAsync_LearnerThatDoesNotIterate_IsNeverPruned()
    {
        using var run = new Run(
            "pruner: { median: { startupTrials: 0 } }", trials: 4, "{ bias: { userDamping: search } }");
        var board = await run.Continue(4);
        Assert.IsTrue(board.Trials.All(t => t.State == "complete" && t.Reports.Count == 0));
    }

    [TestMethod]
    public void Listen_FitGoesOnFromItsState_RecallsWhatWasReportedBefore()
    {
        using var run = new Run("curves: true", trials: 1);
        var checkpoints = Path.Combine(run.Folder.Path, "checkpoints");
        var model = run.Plan.Learners.CreateLearner(run.Plan.Learners.Space.FromUnit([0.5, 0.5])).Fit(
            run.Data.Split.Train, new FitContext { Seeds = new(1) });

        var first = Ask();
        for (var step = 1; step <= 4; step++)
        {
            Assert.IsTrue(Listen(first, step));
        }

        // Its state was of step 2, and the process died as it wrote a line.
        File.AppendAllText(Path.Combine(checkpoints, "reports.jsonl"), "{\"Step\":5,\"Meas");
        var second = Ask();
        Listen(second, 3);
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, second.Reports.Select(report => report.Step).ToArray());
        CollectionAssert.AreEqual(first.Reports.Take(3).ToArray(), second.Reports.ToArray());

        // This one began anew.
        var third = Ask();
        Listen(third, 1);
        var fourth = Ask();
        Listen(fourth, 2);
        CollectionAssert.AreEqual(new[] { 1, 2 }, fourth.Reports.Select(report => report.Step).ToArray());

        bool Listen(Trial trial, int step) =>
            new FitReports(run.Plan.ReportEvaluation, run.Data.Split, trial, checkpoints).Listen(
                new FitReport(step, 1.0 / step, () => model), CancellationToken.None);
    }

    private static Trial Ask() => new Study(
        new StudyRecord("s", "e", "", DateTimeOffset.UnixEpoch),
        new SearchSpace([new("x", new FloatDomain(0, 1))]),
        new CompositeObjective(new MeasureGoal("rmse", Maximize: false)),
        new RandomSampler(),
        new MemoryStorage(),
        _ => new Random(1)).Ask();

    private sealed class Run : IDisposable
    {
        private readonly StudyLibrary _library;
        private readonly StudyRecord _record;
        private readonly StudyDefinition _definition;

        public Run(string keys, int trials, string? learner = null)
        {
            learner ??= $"{{ matrix-factorization: {{ numberOfIterations: {Steps}, approximationRank: 4, "
                + "learningRate: { float: [0.001, 0.2], log: true }, lambda: { float: [0.001, 1], log: true } } }";
            var text = $$"""
                name: fits
                task: rating-prediction
                seed: 3
                data:
                  source: simulator
                  groups: { user: [gender] }
                  simulator: { users: 100, items: 50, interactions: 2500 }
                learners: [ {{learner}} ]
                objective: { minimize: rmse, fairness: { metric: rmse-difference, group: gender, weight: 0.2 } }
                budget: { trials: {{trials}} }
                evaluation: { bootstrapSamples: 10 }
                {{keys}}
                """;
            Plan = ExperimentPlan.Load(Folder.Write("fits.yaml", text), Registries.Full, [], null);
            Data = ExperimentData.Load(Plan, null, IRunListener.None, CancellationToken.None);
            _definition = Plan.Define(Data.Facts);
            _library = StudyLibrary.OpenOrCreate(Folder.Path, Registries.Full);
            _record = _library.Create(Plan.Experiment.Name, _definition, null, DateTimeOffset.UnixEpoch);
        }

        public TemporaryFolder Folder { get; } = new();

        public ExperimentPlan Plan { get; }

        public ExperimentData Data { get; }

        public IReadOnlyList<FinishedTrial> Trials => _library.Storage.ReadTrials(_record.Name);

        public Task<Leaderboard> Continue(int trials)
        {
            var plan = ExperimentPlan.Of(_definition, Registries.Full, [new("budget.trials", $"{trials}")]);
            return new ExperimentRunner(plan, Data, IRunListener.None).RunAsync(
                _library, _record, CancellationToken.None);
        }

        public void Dispose()
        {
            _library.Dispose();
            Folder.Dispose();
        }
    }
}
