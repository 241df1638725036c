using Evenhand.Data;
using Evenhand.TestKit.Tuning;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Tuning.Tests.Studies;

[TestClass]
public sealed class StudyTests
{
    private static readonly StudyRecord Record = new("sweep", "test", "definition", TrialMaker.Noon);
    private static readonly Objective Objective = new CompositeObjective(new MeasureGoal("value", Maximize: false));
    private static readonly TestFunction Function = TestFunction.ModelSearch;

    [TestMethod]
    public void Ask_NewStudy_NumbersFromZero()
    {
        var study = Open(new MemoryStorage());
        var trials = Enumerable.Range(0, 5).Select(_ => study.Ask()).ToArray();
        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3, 4 }, trials.Select(trial => trial.Number).ToArray());
        Assert.IsTrue(trials.All(trial => Function.Space.Contains(trial.Parameters)));
        Assert.IsEmpty(study.Trials);
    }

    [TestMethod]
    public void Tell_Complete_IsStoredAsTold()
    {
        using var storage = new MemoryStorage();
        var time = new ManualTime();
        var study = Open(storage, time: time);
        time.Advance(TimeSpan.FromSeconds(3));
        var trial = study.Ask();
        time.Advance(TimeSpan.FromSeconds(7));
        var finished = study.Tell(trial, TrialOutcome.Complete(Value(0.5), "{}"));
        Assert.AreEqual(finished, storage.ReadTrials("sweep").Single());
        Assert.AreEqual(ManualTime.Start.AddSeconds(3), finished.Started);
        Assert.AreEqual(TimeSpan.FromSeconds(7), finished.Duration);
        Assert.AreEqual(trial.Parameters, finished.Parameters);
        Assert.AreEqual("{}", finished.Payload);
        Assert.AreEqual(finished, study.Trials.Single());
    }

    [TestMethod]
    public void Tell_TwiceOrForeign_Throws()
    {
        var study = Open(new MemoryStorage());
        var trial = study.Ask();
        study.Tell(trial, TrialOutcome.Failed("no"));
        Assert.ThrowsExactly<InvalidOperationException>(() => study.Tell(trial, TrialOutcome.Failed("no")));
        Assert.ThrowsExactly<InvalidOperationException>(() => study.Abandon(trial));
        var foreign = Open(new MemoryStorage()).Ask();
        study.Ask();
        Assert.ThrowsExactly<InvalidOperationException>(() => study.Tell(foreign, TrialOutcome.Failed("no")));
    }

    [TestMethod]
    public void Tell_MeasureOfObjectiveMissing_Throws()
    {
        var study = Open(new MemoryStorage());
        var trial = study.Ask();
        var thrown = Assert.ThrowsExactly<ArgumentException>(
            () => study.Tell(trial, TrialOutcome.Complete(new Dictionary<string, double> { ["other"] = 1 })));
        StringAssert.Contains(thrown.Message, "'value'");
        study.Tell(trial, TrialOutcome.Complete(Value(double.NaN)));
    }

    [TestMethod]
    public void Ask_AfterAbandon_HandsOutTheNumberAgain()
    {
        var study = Open(new MemoryStorage());
        var (first, second) = (study.Ask(), study.Ask());
        study.Abandon(first);
        study.Tell(second, TrialOutcome.Complete(Value(1)));
        var again = study.Ask();
        Assert.AreEqual(0, again.Number);
        Assert.AreEqual(first.Parameters, again.Parameters);
        Assert.AreEqual(2, study.Ask().Number);
    }

    [TestMethod]
    public async Task RunAsync_StoppedAnywhereAndResumed_EqualsUninterrupted()
    {
        const int Trials = 24;
        var whole = await Sweep(new MemoryStorage(), Trials);
        Prop.ForAll(Gen.Choose(0, Trials).ArrayOf(3).ToArbitrary(), stops =>
        {
            using var storage = new MemoryStorage();
            foreach (var stop in stops.Order())
            {
                Sweep(storage, stop).GetAwaiter().GetResult();

                // A trial that was running when the process died leaves a claim that nobody holds.
                using var dying = storage.Share();
                Open(dying).Ask();
            }

            AssertSame(whole, Sweep(storage, Trials).GetAwaiter().GetResult());
        }).Check(Checks.Config.WithMaxTest(25));
    }

    [TestMethod]
    public async Task RunAsync_HolesInStorage_AreFilledFirstAndCountOnce()
    {
        using var storage = new MemoryStorage();
        storage.CreateStudy(Record);
        foreach (var number in new[] { 0, 2, 5 })
        {
            storage.AppendTrial("sweep", TrialMaker.Complete(number, Draw(number), ("value", 1)));
        }

        var order = new List<int>();
        var study = Open(storage);
        await study.RunAsync(
            (trial, _) => Evaluate(trial), new StudyBudget { Trials = 7 }, trial => order.Add(trial.Number));
        CollectionAssert.AreEqual(new[] { 1, 3, 4, 6 }, order);
        CollectionAssert.AreEqual(Enumerable.Range(0, 7).ToArray(),
            study.Trials.Select(trial => trial.Number).ToArray());
    }

    [TestMethod]
    public async Task RunAsync_BudgetSpentAlready_RunsNothing()
    {
        using var storage = new MemoryStorage();
        await Sweep(storage, 5);
        await Open(storage).RunAsync((_, _) => throw new AssertFailedException("evaluated"),
            new StudyBudget { Trials = 5 });
        Assert.AreEqual(5, storage.CountTrials("sweep"));
    }

    [TestMethod]
    public async Task RunAsync_ManyJobs_LosesAndDoublesNothing()
    {
        const int Trials = 200;
        using var storage = new MemoryStorage();
        var evaluated = new int[Trials];
        var (listening, finished) = (0, 0);
        var study = Open(storage, new RandomSampler());
        await study.RunAsync(
            (trial, _) =>
            {
                Interlocked.Increment(ref evaluated[trial.Number]);
                return trial.Number % 9 == 0 ? throw new InvalidOperationException("ninth") : Evaluate(trial);
            },
            new StudyBudget { Trials = Trials, Jobs = 8 },
            _ =>
            {
                Assert.AreEqual(1, Interlocked.Increment(ref listening));
                finished++;
                Interlocked.Decrement(ref listening);
            });
        Assert.IsTrue(evaluated.All(times => times == 1));
        Assert.AreEqual(Trials, finished);
        var stored = storage.ReadTrials("sweep");
        CollectionAssert.AreEqual(Enumerable.Range(0, Trials).ToArray(),
            stored.Select(trial => trial.Number).ToArray());
        Assert.IsTrue(stored.All(trial => (trial.State == TrialState.Failed) == (trial.Number % 9 == 0)));
        AssertSame(stored, study.Trials);
    }

    [TestMethod]
    public async Task RunAsync_SeveralJobs_RunAtTheSameTime()
    {
        // Each evaluation waits until all others run: one at a time would never end.
        using var all = new Barrier(3);
        await Open(new MemoryStorage()).RunAsync(
            (trial, token) =>
            {
                all.SignalAndWait(token);
                return Evaluate(trial);
            },
            new StudyBudget { Trials = 6, Jobs = 3 });
    }

    [TestMethod]
    public async Task RunAsync_EvaluationThrows_StoresFailedTrialAndGoesOn()
    {
        using var storage = new MemoryStorage();
        await Open(storage).RunAsync(
            (trial, _) => trial.Number == 1 ? throw new InvalidOperationException("The loss is not a number.")
                : Evaluate(trial),
            new StudyBudget { Trials = 3 });
        var trials = storage.ReadTrials("sweep");
        Assert.HasCount(3, trials);
        Assert.AreEqual(TrialState.Failed, trials[1].State);
        Assert.AreEqual("The loss is not a number.", trials[1].Error);
        Assert.IsEmpty(trials[1].Measures);
    }

    [TestMethod]
    public async Task RunAsync_Cancelled_KeepsFinishedTrialsOnly()
    {
        using var storage = new MemoryStorage();
        using var source = new CancellationTokenSource();
        var study = Open(storage);
        await Assert.ThrowsAsync<OperationCanceledException>(() => study.RunAsync(
            (trial, token) =>
            {
                if (trial.Number == 3)
                {
                    source.Cancel();
                    token.ThrowIfCancellationRequested();
                }

                return Evaluate(trial);
            },
            new StudyBudget { Trials = 10 },
            cancellationToken: source.Token));
        Assert.AreEqual(3, storage.CountTrials("sweep"));
        await study.RunAsync((trial, _) => Evaluate(trial), new StudyBudget { Trials = 10 });
        AssertSame(await Sweep(new MemoryStorage(), 10), study.Trials);
    }

    [TestMethod]
    public async Task RunAsync_EvaluationFinishesDespiteCancellation_IsStored()
    {
        using var storage = new MemoryStorage();
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAsync<OperationCanceledException>(() => Open(storage).RunAsync(
            (trial, _) =>
            {
                source.Cancel();
                return Evaluate(trial);
            },
            new StudyBudget { Trials = 10 },
            cancellationToken: source.Token));
        Assert.AreEqual(1, storage.CountTrials("sweep"));
    }

    [TestMethod]
    public async Task RunAsync_CancelledBefore_RunsNothing()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => Open(new MemoryStorage()).RunAsync(
            (_, _) => throw new AssertFailedException("evaluated"), new StudyBudget { Trials = 1 }, cancellationToken: source.Token));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public async Task RunAsync_SmallSpace_TriesEverySetOnceAndEnds(int jobs)
    {
        // 3 choices, of which one has 4 levels below it, and one of those 2 more: 1 + 1 + (3 + 2) sets, on a grid of 2.
        var space = SmallSpace();
        foreach (var sampler in new Sampler[] { new RandomSampler(), new TpeSampler(), new StubbornSampler() })
        {
            using var storage = new MemoryStorage();
            var study = new Study(Record, space, Objective, sampler, storage, Seeded);
            var end = await study.RunAsync(
                (trial, _) => trial.Number == 2 ? TrialOutcome.Failed("no") : TrialOutcome.Complete(Value(trial.Number)),
                new StudyBudget { Trials = 50, Jobs = jobs });

            Assert.AreEqual(StudyEnd.Space, end);
            Assert.HasCount(14, study.Trials);
            Assert.HasCount(14, study.Trials.Select(trial => trial.Parameters).ToHashSet());
            Assert.ThrowsExactly<InvalidOperationException>(study.Ask);

            var resumed = new Study(Record, space, Objective, sampler, storage, Seeded);
            end = await resumed.RunAsync(
                (_, _) => throw new AssertFailedException("evaluated"), new StudyBudget { Time = TimeSpan.FromHours(1) });
            Assert.AreEqual(StudyEnd.Space, end);
            Assert.HasCount(14, resumed.Trials);
        }
    }

    [TestMethod]
    public async Task RunAsync_SmallSpaceStoppedAndResumed_EqualsUninterrupted()
    {
        static async Task<IReadOnlyList<FinishedTrial>> Run(StudyStorage storage, int trials)
        {
            var study = new Study(Record, SmallSpace(), Objective, new RandomSampler(), storage, Seeded);
            await study.RunAsync((trial, _) => TrialOutcome.Complete(Value(trial.Number % 5)), new() { Trials = trials });
            return study.Trials;
        }

        var whole = await Run(new MemoryStorage(), 14);
        for (var stop = 1; stop < 14; stop++)
        {
            using var storage = new MemoryStorage();
            await Run(storage, stop);
            AssertSame(whole, await Run(storage, 14));
        }
    }

    [TestMethod]
    public async Task RunAsync_ContinuousParameterBesideASpentBranch_FindsNewSets()
    {
        var space = new SearchSpace(
        [
            new("learner", new CategoricalDomain(["bias", "factorization"])),
            new("rate", new FloatDomain(0, 1)) { When = new("learner", ["factorization"]) },
        ]);
        var study = new Study(Record, space, Objective, new StubbornSampler(), new MemoryStorage(), Seeded);
        var end = await study.RunAsync((_, _) => TrialOutcome.Complete(Value(1)), new StudyBudget { Trials = 30 });

        Assert.AreEqual(StudyEnd.Trials, end);
        Assert.HasCount(30, study.Trials.Select(trial => trial.Parameters).ToHashSet());
        Assert.AreEqual(1, study.Trials.Count(trial => trial.Parameters["learner"].AsString == "bias"));
    }

    [TestMethod]
    public async Task RunAsync_SpaceOfOneSet_RunsOneTrial()
    {
        using var storage = new MemoryStorage();
        var study = new Study(Record, new SearchSpace([]), Objective, new TpeSampler(), storage, Seeded);

        Assert.AreEqual(StudyEnd.Space, await study.RunAsync(
            (_, _) => TrialOutcome.Complete(Value(1)), new StudyBudget { Trials = 50 }));
        Assert.AreEqual(1, storage.CountTrials("sweep"));
    }

    [TestMethod]
    public async Task RunAsync_TimeSpent_ProposesNoFurtherTrial()
    {
        var time = new ManualTime();
        using var storage = new MemoryStorage();
        await Open(storage, time: time).RunAsync(
            (trial, _) =>
            {
                time.Advance(TimeSpan.FromSeconds(10));
                return Evaluate(trial);
            },
            new StudyBudget { Trials = 100, Time = TimeSpan.FromSeconds(35) });
        Assert.AreEqual(4, storage.CountTrials("sweep"));
    }

    [TestMethod]
    public async Task RunAsync_ListenerThrows_StopsTheRun()
    {
        using var storage = new MemoryStorage();
        var thrown = await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => Open(storage).RunAsync(
            (trial, _) => Evaluate(trial),
            new StudyBudget { Trials = 100 },
            trial => throw new InvalidOperationException("pipe closed")));
        Assert.AreEqual("pipe closed", thrown.Message);
        Assert.AreEqual(1, storage.CountTrials("sweep"));
    }

    [TestMethod]
    public async Task RunAsync_ProposalOfNextTrial_ComesAfterTheLastIsStored()
    {
        using var storage = new MemoryStorage();
        var sampler = new WatchingSampler(context =>
            Assert.HasCount(context.Number, storage.ReadTrials("sweep")));
        await Open(storage, sampler).RunAsync((trial, _) => Evaluate(trial), new StudyBudget { Trials = 5 });
        Assert.AreEqual(5, sampler.Calls);
    }

    [TestMethod]
    public async Task RunAsync_StudyInTwoProcesses_ShareTheWork()
    {
        const int Trials = 40;
        using var storage = new MemoryStorage();
        using var other = storage.Share();
        var evaluated = new int[Trials];
        TrialOutcome Count(Trial trial, CancellationToken token)
        {
            Interlocked.Increment(ref evaluated[trial.Number]);
            return Evaluate(trial);
        }

        var studies = new[] { Open(storage), Open(other) };
        await Task.WhenAll(
            studies[0].RunAsync(Count, new StudyBudget { Trials = Trials, Jobs = 3 }),
            studies[1].RunAsync(Count, new StudyBudget { Trials = Trials - 10, Jobs = 2 }));

        Assert.IsTrue(evaluated.All(times => times == 1));
        var stored = storage.ReadTrials("sweep");
        Assert.HasCount(Trials, stored);
        Assert.HasCount(Trials, stored.Select(trial => trial.Parameters).Distinct().ToArray());
        CollectionAssert.AreEqual(stored.ToArray(), studies[0].Trials.ToArray());
    }

    [TestMethod]
    public async Task RunAsync_OnlyAnothersTrialIsLeft_IsTakenOverWhenTheOtherEnds()
    {
        using var storage = new MemoryStorage();
        using var other = storage.Share();
        var others = Open(other).Ask();
        var waitedFor = new List<int>();
        var study = Open(storage);
        await study.RunAsync(
            (trial, _) => Evaluate(trial),
            new StudyBudget { Trials = 3 },
            onWaiting: numbers =>
            {
                waitedFor.AddRange(numbers);
                other.Dispose();
            });
        CollectionAssert.AreEqual(new[] { others.Number }, waitedFor);
        CollectionAssert.AreEqual(new[] { 2, 1, 1 }, study.Trials.Select(trial => trial.Attempt).ToArray());
        Assert.AreEqual(others.Parameters, study.Trials[0].Parameters);
    }

    [TestMethod]
    public async Task RunAsync_EvaluationCannotBeKept_StopsAndLeavesTheTrialToTheNextRun()
    {
        using var storage = new MemoryStorage();
        var study = Open(storage);
        var thrown = await Assert.ThrowsExactlyAsync<StorageException>(() => study.RunAsync(
            (trial, _) => trial.Number == 3 ? throw new StorageException("The disk is full.") : Evaluate(trial),
            new StudyBudget { Trials = 6, Jobs = 2 }));
        Assert.AreEqual("The disk is full.", thrown.Message);
        Assert.IsTrue(storage.ReadTrials("sweep").All(trial => trial.State == TrialState.Complete && trial.Number != 3));

        await study.RunAsync((trial, _) => Evaluate(trial), new StudyBudget { Trials = 6 });
        Assert.HasCount(6, study.Trials);
        Assert.AreEqual(2, study.Trials[3].Attempt);
    }

    [TestMethod]
    public void Tell_ClaimTakenOver_IsRefused()
    {
        using var storage = new MemoryStorage();
        var lost = storage.Share();
        var study = Open(lost);
        var trial = study.Ask();
        lost.Dispose();
        var again = Open(storage).Ask();
        Assert.AreEqual((trial.Number, 2), (again.Number, again.Attempt));
        var thrown = Assert.ThrowsExactly<StorageException>(() => study.Tell(trial, TrialOutcome.Failed("late")));
        StringAssert.Contains(thrown.Message, "another process");
    }

    [TestMethod]
    public void Constructor_StoredWithOtherDefinitionOrSpace_Throws()
    {
        using var storage = new MemoryStorage();
        var study = Open(storage);
        study.Tell(study.Ask(), TrialOutcome.Failed("no"));
        Assert.ThrowsExactly<StorageException>(() => new Study(
            Record with { Definition = "other" }, Function.Space, Objective, new TpeSampler(), storage, Seeded));
        var thrown = Assert.ThrowsExactly<StorageException>(() => new Study(
            Record, TestFunction.Branin.Space, Objective, new TpeSampler(), storage, Seeded));
        StringAssert.Contains(thrown.Message, "Trial 0");
    }

    [TestMethod]
    public void Budget_Invalid_Throws()
    {
        Assert.Throws<ArgumentException>(() => new StudyBudget { Trials = -1 });
        Assert.Throws<ArgumentException>(() => new StudyBudget { Time = TimeSpan.Zero });
        Assert.Throws<ArgumentException>(() => new StudyBudget { Jobs = 0 });
    }

    private static SearchSpace SmallSpace() => new(
    [
        new("learner", new CategoricalDomain(["bias", "mean", "factorization"])),
        new("rank", new IntDomain(1, 4) { Log = true }) { When = new("learner", ["factorization"]) },
        new("solver", new CategoricalDomain(["exact", "fast"])) { When = new("rank", [4L]) },
        new("share", new FloatDomain(0.1, 0.3) { Step = 0.2 }),
    ]);

    private static Study Open(StudyStorage storage, Sampler? sampler = null, TimeProvider? time = null) =>
        new(Record, Function.Space, Objective, sampler ?? new TpeSampler(), storage, Seeded, time);

    private static SeededRandom Seeded(int trial) => new SeedTree(7).Fork($"trial/{trial}").CreateRandom();

    private static ParameterSet Draw(int number) => new RandomSampler().Propose(
        new ProposalContext(Function.Space, Objective, [], number, Seeded(number)));

    private static async Task<IReadOnlyList<FinishedTrial>> Sweep(StudyStorage storage, int trials)
    {
        var study = Open(storage);
        await study.RunAsync((trial, _) => Evaluate(trial), new StudyBudget { Trials = trials });
        return study.Trials;
    }

    private static TrialOutcome Evaluate(Trial trial) =>
        TrialOutcome.Complete(Value(Function.Value(trial.Parameters)), $"payload of {trial.Number}");

    private static Dictionary<string, double> Value(double value) => new() { ["value"] = value };

    // Everything but the clock and how often it was tried.
    private static void AssertSame(IReadOnlyList<FinishedTrial> expected, IReadOnlyList<FinishedTrial> actual)
    {
        static FinishedTrial Timeless(FinishedTrial trial) =>
            trial with { Attempt = 1, Started = TrialMaker.Noon, Duration = TimeSpan.Zero };
        CollectionAssert.AreEqual(expected.Select(Timeless).ToArray(), actual.Select(Timeless).ToArray());
    }

    // Proposes the same set for ever.
    private sealed class StubbornSampler : Sampler
    {
        public override string Name => "stubborn";

        public override ParameterSet Propose(ProposalContext context) =>
            context.Space.FromUnit(new double[context.Space.Parameters.Count]);
    }

    private sealed class WatchingSampler(Action<ProposalContext> watch) : Sampler
    {
        public int Calls { get; private set; }

        public override string Name => "watching";

        public override ParameterSet Propose(ProposalContext context)
        {
            Calls++;
            watch(context);
            return new RandomSampler().Propose(context);
        }
    }
}
