using Evenhand.TestKit.Tuning;
using Evenhand.Tuning.Pruners;
using Evenhand.Tuning.Samplers;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Studies;
using Evenhand.Tuning.Trials;
using static Evenhand.Tuning.Tests.Studies.GivenStudy;

namespace Evenhand.Tuning.Tests.Studies;

/// <summary>Studies whose trials report as they run.</summary>
[TestClass]
public sealed class PrunedStudyTests
{
    private const int Steps = 8;

    [TestMethod]
    public void Report_NoPruner_GoesOnAndIsKept()
    {
        using var storage = new MemoryStorage();
        var study = Open(storage);
        var trial = study.Ask();
        Assert.IsTrue(trial.Report(1, Value(2)));
        var reported = Value(1);
        Assert.IsTrue(trial.Report(3, reported));
        reported["value"] = 7;
        study.Tell(trial, TrialOutcome.Complete(Value(1)));
        CollectionAssert.AreEqual(
            new[] { TrialMaker.Report(1, ("value", 2)), TrialMaker.Report(3, ("value", 1)) },
            storage.ReadTrials("sweep").Single().Reports.ToArray());
    }

    [TestMethod]
    public void Report_Pruner_SeesTheReportsTheTrialsAndTheObjective()
    {
        using var storage = new MemoryStorage();
        var spy = new Spy();
        var study = new Study(Record, Function.Space, Least, new RandomSampler(), storage, Seeded, pruner: spy);
        var first = study.Ask();
        Assert.IsTrue(first.Report(1, Value(3)));
        study.Tell(first, TrialOutcome.Complete(Value(3)));
        var second = study.Ask();
        Assert.IsTrue(second.Report(1, Value(2)));
        spy.Answer = true;
        Assert.IsFalse(second.Report(2, Value(1)));

        var asked = spy.Asked[^1];
        Assert.HasCount(3, spy.Asked);
        Assert.AreEqual((Least, 1, second.Parameters), (asked.Objective, asked.Number, asked.Parameters));
        CollectionAssert.AreEqual(new[] { 1, 2 }, asked.Reports.Select(report => report.Step).ToArray());
        Assert.AreEqual(TrialMaker.Report(1, ("value", 3)), asked.Trials.Single().Reports.Single());
        Assert.HasCount(1, spy.Asked[^2].Reports, "What was asked before does not change.");
    }

    [TestMethod]
    public void Report_StepsDoNotAscend_Throws()
    {
        var trial = Open(new MemoryStorage()).Ask();
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => trial.Report(0, Value(1)));
        trial.Report(2, Value(1));
        Assert.ThrowsExactly<ArgumentException>(() => trial.Report(2, Value(1)));
        Assert.ThrowsExactly<ArgumentException>(() => trial.Report(1, Value(1)));
    }

    [TestMethod]
    public void Tell_PrunedWithoutReport_Throws()
    {
        var study = Open(new MemoryStorage());
        var trial = study.Ask();
        Assert.ThrowsExactly<ArgumentException>(() => study.Tell(trial, TrialOutcome.Pruned()));
        trial.Report(1, Value(1));
        Assert.AreEqual(TrialState.Pruned, study.Tell(trial, TrialOutcome.Pruned("{}")).State);
    }

    [TestMethod]
    public async Task RunAsync_MedianPruner_EndsBadTrialsEarlyAndFindsTheBest()
    {
        var study = Prune(new MemoryStorage());
        await study.RunAsync(EvaluateBySteps, new StudyBudget { Trials = 60 });
        var pruned = study.Trials.Where(trial => trial.State == TrialState.Pruned).ToArray();
        var complete = study.Trials.Where(trial => trial.State == TrialState.Complete).ToArray();
        Assert.IsGreaterThan(10, pruned.Length);
        Assert.IsTrue(study.Trials.Take(5).All(trial => trial.State == TrialState.Complete), "startup trials");
        Assert.IsTrue(pruned.All(trial => trial.Measures.Count == 0 && Least.Value(trial) is null));
        Assert.IsTrue(complete.All(trial => trial.Reports.Count == Steps));
        Assert.AreEqual(complete.Min(trial => trial.Measure("value")), Least.Best(study.Trials)!.Measure("value"));

        // All curves fall alike, so that none that was pruned could have been the best.
        var least = study.Trials.Min(trial => Function.Value(trial.Parameters));
        Assert.AreEqual(least, Least.Best(study.Trials)!.Measure("value"), 1e-12);
    }

    [TestMethod]
    public async Task RunAsync_PrunedStoppedAndResumed_EqualsUninterrupted()
    {
        const int Trials = 30;
        async Task<IReadOnlyList<FinishedTrial>> Run(StudyStorage storage, int trials)
        {
            var study = Prune(storage);
            await study.RunAsync(EvaluateBySteps, new StudyBudget { Trials = trials });
            return study.Trials;
        }

        var whole = await Run(new MemoryStorage(), Trials);
        Assert.IsTrue(whole.Any(trial => trial.State == TrialState.Pruned));
        for (var stop = 1; stop < Trials; stop += 4)
        {
            using var storage = new MemoryStorage();
            await Run(storage, stop);
            using (var dying = storage.Share())
            {
                // A trial that died amid its reports leaves none.
                Prune(dying).Ask().Report(1, Value(0));
            }

            AssertSame(whole, await Run(storage, Trials));
        }
    }

    [TestMethod]
    public async Task RunAsync_ManyJobs_KeepsTheReportsOfEachTrial()
    {
        using var storage = new MemoryStorage();
        await Prune(storage, new RandomSampler()).RunAsync(
            EvaluateBySteps, new StudyBudget { Trials = 80, Jobs = 4 });
        foreach (var trial in storage.ReadTrials("sweep"))
        {
            var value = Function.Value(trial.Parameters);
            Assert.IsTrue(trial.Reports.All(report => report.Measures["value"] == Curve(value, report.Step)));
            Assert.AreEqual(trial.State == TrialState.Complete, trial.Reports.Count == Steps);
        }
    }

    [TestMethod]
    public void Propose_PrunedTrials_AreAvoidedByTpe()
    {
        // Left of 0.5 everything was pruned; what is complete is no better in one place than in another.
        var space = new SearchSpace([new("x", new FloatDomain(0, 1))]);
        var trials = Enumerable.Range(0, 40).Select(number =>
        {
            var x = (number + 0.5) / 40;
            var set = new ParameterSet(new Dictionary<string, ParameterValue> { ["x"] = x });
            return x < 0.5
                ? TrialMaker.Pruned(number, [TrialMaker.Report(1, ("value", 9))]) with { Parameters = set }
                : TrialMaker.Complete(number, set, ("value", 1));
        }).ToArray();
        var right = Enumerable.Range(0, 100).Count(seed => new TpeSampler().Propose(
            new ProposalContext(space, Least, trials, 40, Seeded(seed)))["x"].AsDouble > 0.5);
        Assert.IsGreaterThan(90, right, "Half of random ones would be.");
    }

    [TestMethod]
    public void Propose_FewCompleteTrials_StartupCountsPrunedOnes()
    {
        // One trial is complete, at 0.9; nine were pruned, evenly spread below it.
        var space = new SearchSpace([new("x", new FloatDomain(0, 1))]);
        static ParameterSet At(double x) => new(new Dictionary<string, ParameterValue> { ["x"] = x });
        var trials = Enumerable.Range(0, 9)
            .Select(number => TrialMaker.Pruned(number, [TrialMaker.Report(1, ("value", 9))]))
            .Select(trial => trial with { Parameters = At(0.08 * trial.Number) }).ToList();
        trials.Add(TrialMaker.Complete(9, At(0.9), ("value", 1)));
        double Near(int count) => Enumerable.Range(0, 100).Count(seed => new TpeSampler().Propose(new ProposalContext(
            space, Least, trials[^count..], 10, Seeded(seed)))["x"].AsDouble > 0.7);
        Assert.IsGreaterThan(80, Near(10));
        Assert.IsLessThan(50, Near(9), "One more is drawn at random; 30 of 100 are there by chance.");
    }

    private static Study Prune(StudyStorage storage, Sampler? sampler = null) =>
        new(Record, Function.Space, Least, sampler ?? new TpeSampler(), storage, Seeded, pruner: new MedianPruner());

    private static TrialOutcome EvaluateBySteps(Trial trial, CancellationToken stop)
    {
        var value = Function.Value(trial.Parameters);
        for (var step = 1; step <= Steps; step++)
        {
            if (!trial.Report(step, Value(Curve(value, step))))
            {
                return TrialOutcome.Pruned();
            }
        }

        return TrialOutcome.Complete(Value(value));
    }

    private sealed class Spy : Pruner
    {
        public List<PruningContext> Asked { get; } = [];

        public bool Answer { get; set; }

        public override string Name => "spy";

        public override bool ShouldPrune(PruningContext context)
        {
            Asked.Add(context);
            return Answer;
        }
    }

    private static double Curve(double value, int step) => value + (1.0 / step) - (1.0 / Steps);
}
