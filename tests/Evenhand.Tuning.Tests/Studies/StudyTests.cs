using Evenhand.TestKit.Tuning;
using Evenhand.Tuning.Samplers;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Studies;
using Evenhand.Tuning.Trials;
using FsCheck;
using FsCheck.Fluent;
using static Evenhand.Tuning.Tests.Studies.GivenStudy;

namespace Evenhand.Tuning.Tests.Studies;

[TestClass]
public sealed class StudyTests
{
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
    public void Constructor_StoredWithOtherDefinitionOrSpace_Throws()
    {
        using var storage = new MemoryStorage();
        var study = Open(storage);
        study.Tell(study.Ask(), TrialOutcome.Failed("no"));
        Assert.ThrowsExactly<StorageException>(() => new Study(
            Record with { Definition = "other" }, Function.Space, Least, new TpeSampler(), storage, Seeded));
        var thrown = Assert.ThrowsExactly<StorageException>(() => new Study(
            Record, TestFunction.Branin.Space, Least, new TpeSampler(), storage, Seeded));
        StringAssert.Contains(thrown.Message, "Trial 0");
    }

    [TestMethod]
    public void Budget_Invalid_Throws()
    {
        Assert.Throws<ArgumentException>(() => new StudyBudget { Trials = -1 });
        Assert.Throws<ArgumentException>(() => new StudyBudget { Time = TimeSpan.Zero });
        Assert.Throws<ArgumentException>(() => new StudyBudget { Jobs = 0 });
    }

    private static ParameterSet Draw(int number) => new RandomSampler().Propose(
        new ProposalContext(Function.Space, Least, [], number, Seeded(number)));

    private static async Task<IReadOnlyList<FinishedTrial>> Sweep(StudyStorage storage, int trials)
    {
        var study = Open(storage);
        await study.RunAsync((trial, _) => Evaluate(trial), new StudyBudget { Trials = trials });
        return study.Trials;
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
