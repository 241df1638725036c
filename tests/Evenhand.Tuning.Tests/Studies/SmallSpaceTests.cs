using Evenhand.Tuning.Samplers;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Studies;
using Evenhand.Tuning.Trials;
using static Evenhand.Tuning.Tests.Studies.GivenStudy;

namespace Evenhand.Tuning.Tests.Studies;

/// <summary>Studies whose space is spent before their budget is.</summary>
[TestClass]
public sealed class SmallSpaceTests
{
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
            var study = new Study(Record, space, Least, sampler, storage, Seeded);
            var end = await study.RunAsync(
                (trial, _) => trial.Number == 2 ? TrialOutcome.Failed("no") : TrialOutcome.Complete(Value(trial.Number)),
                new StudyBudget { Trials = 50, Jobs = jobs });

            Assert.AreEqual(StudyEnd.Space, end);
            Assert.HasCount(14, study.Trials);
            Assert.HasCount(14, study.Trials.Select(trial => trial.Parameters).ToHashSet());
            Assert.ThrowsExactly<InvalidOperationException>(study.Ask);

            var resumed = new Study(Record, space, Least, sampler, storage, Seeded);
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
            var study = new Study(Record, SmallSpace(), Least, new RandomSampler(), storage, Seeded);
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
        var study = new Study(Record, space, Least, new StubbornSampler(), new MemoryStorage(), Seeded);
        var end = await study.RunAsync((_, _) => TrialOutcome.Complete(Value(1)), new StudyBudget { Trials = 30 });

        Assert.AreEqual(StudyEnd.Trials, end);
        Assert.HasCount(30, study.Trials.Select(trial => trial.Parameters).ToHashSet());
        Assert.AreEqual(1, study.Trials.Count(trial => trial.Parameters["learner"].AsString == "bias"));
    }

    [TestMethod]
    public async Task RunAsync_SpaceOfOneSet_RunsOneTrial()
    {
        using var storage = new MemoryStorage();
        var study = new Study(Record, new SearchSpace([]), Least, new TpeSampler(), storage, Seeded);

        Assert.AreEqual(StudyEnd.Space, await study.RunAsync(
            (_, _) => TrialOutcome.Complete(Value(1)), new StudyBudget { Trials = 50 }));
        Assert.AreEqual(1, storage.CountTrials("sweep"));
    }

    private static SearchSpace SmallSpace() => new(
    [
        new("learner", new CategoricalDomain(["bias", "mean", "factorization"])),
        new("rank", new IntDomain(1, 4) { Log = true }) { When = new("learner", ["factorization"]) },
        new("solver", new CategoricalDomain(["exact", "fast"])) { When = new("rank", [4L]) },
        new("share", new FloatDomain(0.1, 0.3) { Step = 0.2 }),
    ]);

    // Proposes the same set for ever.
    private sealed class StubbornSampler : Sampler
    {
        public override string Name => "stubborn";

        public override ParameterSet Propose(ProposalContext context) =>
            context.Space.FromUnit(new double[context.Space.Parameters.Count]);
    }
}
