using Evenhand.Configuration.Randomness;
using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Samplers;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Trials;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Evenhand.TestKit.Tuning;

/// <summary>What every <see cref="Sampler"/> must do. Derive a test class and say how to make one.</summary>
public abstract class SamplerConformance
{
    private static readonly Objective Single =
        new CompositeObjective(new MeasureGoal("error", Maximize: false), new MeasurePenalty("gap", 0.5));

    private static readonly Objective Constrained =
        new ConstrainedObjective(new MeasureGoal("error", Maximize: false), MeasureLimit.AtMost("gap", 0.05));

    private static readonly Objective Front =
        new ParetoObjective([new MeasureGoal("error", Maximize: false), new MeasureGoal("gap", Maximize: false)]);

    /// <summary>Every kind of domain, and conditions two deep.</summary>
    protected static SearchSpace Mixed { get; } = new(
    [
        new("learner", new CategoricalDomain(["factorization", "regression", "bias"])),
        new("rank", new IntDomain(1, 128) { Log = true }) { When = new("learner", ["factorization"]) },
        new("epochs", new IntDomain(5, 52) { Step = 5 }) { When = new("learner", ["factorization", "regression"]) },
        new("solver", new CategoricalDomain([1L, 2.5, true])) { When = new("learner", ["factorization"]) },
        new("shift", new IntDomain(-3, 3)) { When = new("solver", [2.5]) },
        new("scale", new FloatDomain(0, 1))
        {
            When = new("solver", [2.5]) { IsNegated = true, And = new("learner", ["factorization", "bias"]) },
        },
        new("rate", new FloatDomain(1e-4, 1) { Log = true }),
        new("mix", new FloatDomain(-1, 1)),
        new("share", new FloatDomain(0.1, 0.9) { Step = 0.2 }),
        new("only", new IntDomain(7, 7)),
        new("fixed", new FloatDomain(0.5, 0.5)),
    ]);

    /// <summary>A sampler with the settings under test.</summary>
    protected abstract Sampler Create();

    [TestMethod]
    public void Propose_NoTrials_LiesInTheSpace()
    {
        for (var seed = 0UL; seed < 200; seed++)
        {
            AssertInSpace(Propose(Mixed, Single, [], seed));
        }
    }

    [TestMethod]
    public void Propose_NoParameters_IsTheEmptySet()
    {
        var space = new SearchSpace([]);
        Assert.AreEqual(ParameterSet.Empty, Propose(space, Single, [], 1));
        var trials = Enumerable.Range(0, 30).Select(n => TrialMaker.Complete(n, ("error", n), ("gap", 0))).ToArray();
        Assert.AreEqual(ParameterSet.Empty, Propose(space, Single, trials, 1));
    }

    [TestMethod]
    public void Propose_AnyHistory_LiesInTheSpace()
    {
        // Histories with every mixture of good, infeasible, undefined and failed trials.
        var outcome = Gen.Elements(0.1, 0.5, 3, double.NaN, double.PositiveInfinity, -1);
        var history =
            from count in Gen.Choose(0, 60)
            from rows in (from error in outcome
                          from gap in outcome
                          from failed in Gen.Choose(0, 9)
                          select (Error: error, Gap: gap, Failed: failed == 0)).ArrayOf(count)
            select rows;
        Prop.ForAll(history.ToArbitrary(), Gen.Choose(0, 1 << 20).ToArbitrary(), (rows, seed) =>
        {
            var random = new SeededRandom((ulong)seed);
            var trials = rows.Select((row, number) => row.Failed
                ? TrialMaker.Failed(number, Draw(random))
                : TrialMaker.Complete(number, Draw(random), ("error", row.Error), ("gap", row.Gap))).ToArray();
            foreach (var objective in new[] { Single, Constrained, Front })
            {
                AssertInSpace(Propose(Mixed, objective, trials, (ulong)seed));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(new Replay(new Rnd(17, 23),
            null)).WithQuietOnSuccess(true));
    }

    [TestMethod]
    public void Propose_OnlyFailedTrials_LiesInTheSpace() => AssertWorks(TrialMaker.Failed);

    [TestMethod]
    public void Propose_OnlyPrunedTrials_LiesInTheSpace() => AssertWorks(Pruned);

    [TestMethod]
    public void Propose_MostlyPrunedTrials_LiesInTheSpace() => AssertWorks((number, set) => number % 3 == 0
        ? TrialMaker.Complete(number, set, ("error", number), ("gap", 0.01 * number))
        : Pruned(number, set));

    [TestMethod]
    public void Propose_OnlyInfeasibleTrials_LiesInTheSpace() =>
        AssertWorks((number, set) =>
            TrialMaker.Complete(number, set, ("error", number), ("gap", 0.2 + (0.01 * number))));

    [TestMethod]
    public void Propose_OnlyUndefinedTrials_LiesInTheSpace() =>
        AssertWorks((number, set) => TrialMaker.Complete(number, set, ("error", double.NaN), ("gap", 0)));

    [TestMethod]
    public void Propose_AllTrialsEqual_LiesInTheSpace()
    {
        var set = Draw(new SeededRandom(3));
        AssertWorks((number, _) => TrialMaker.Complete(number, set, ("error", 1), ("gap", 0.1)));
    }

    [TestMethod]
    public void Propose_EqualContexts_GivesEqualSets()
    {
        var trials = History(40);
        foreach (var objective in new[] { Single, Constrained, Front })
        {
            for (var seed = 0UL; seed < 20; seed++)
            {
                Assert.AreEqual(
                    Propose(Mixed, objective, trials, seed), Propose(Mixed, objective, History(40), seed),
                        $"seed {seed}");
            }
        }
    }

    [TestMethod]
    public void Propose_OneSampler_KeepsNothingBetweenCalls()
    {
        var trials = History(40);
        var used = Create();
        used.Propose(Context(Mixed, Front, History(25), 5));
        Assert.AreEqual(
            Create().Propose(Context(Mixed, Single, trials, 6)), used.Propose(Context(Mixed, Single, trials, 6)));
    }

    [TestMethod]
    public void Propose_DifferentRandom_GivesDifferentSets()
    {
        var trials = History(40);
        var sets = Enumerable.Range(0, 50).Select(seed => Propose(Mixed, Single, trials, (ulong)seed)).ToHashSet();
        Assert.IsGreaterThan(40, sets.Count);
    }

    [TestMethod]
    public void Propose_WithRunningTrials_LiesInTheSpace()
    {
        var random = new SeededRandom(11);
        var context = Context(Mixed, Single, History(30), 9) with
        {
            Running = [Draw(random), Draw(random),
            Draw(random)]
        };
        AssertInSpace(Create().Propose(context));
    }

    [TestMethod]
    public void Propose_SmallSpace_ReachesEveryPoint()
    {
        var space = new SearchSpace(
        [
            new("a", new CategoricalDomain(["x", "y"])),
            new("b", new IntDomain(1, 3)) { When = new("a", ["x"]) },
        ]);
        var seen = new HashSet<ParameterSet>();
        var trials = new List<FinishedTrial>();
        for (var number = 0; number < 100; number++)
        {
            var set = Propose(space, Single, trials, (ulong)number);
            seen.Add(set);
            trials.Add(TrialMaker.Complete(number, set, ("error", number % 7), ("gap", 0)));
        }

        Assert.HasCount(4, seen);
    }

    private static FinishedTrial Pruned(int number, ParameterSet set)
    {
        var trial = TrialMaker.Pruned(number, [TrialMaker.Report(1, ("error", number), ("gap", 0))]);
        return trial with { Parameters = set };
    }

    private static ProposalContext Context(
        SearchSpace space, Objective objective, IReadOnlyList<FinishedTrial> trials, ulong seed) =>
        new(space, objective, trials, trials.Count, new SeededRandom(seed));

    private static ParameterSet Draw(Random random) =>
        new RandomSampler().Propose(new ProposalContext(Mixed, Single, [], 0, random));

    private static FinishedTrial[] History(int count)
    {
        var random = new SeededRandom(42);
        return [.. Enumerable.Range(0, count).Select(number => TrialMaker.Complete(
            number, Draw(random), ("error", random.NextDouble()), ("gap", 0.1 * random.NextDouble())))];
    }

    private static void AssertInSpace(ParameterSet set) =>
        Assert.IsTrue(Mixed.Contains(set), $"Not in the space: {set}");

    private ParameterSet Propose(
        SearchSpace space, Objective objective, IReadOnlyList<FinishedTrial> trials, ulong seed) =>
        Create().Propose(Context(space, objective, trials, seed));

    private void AssertWorks(Func<int, ParameterSet, FinishedTrial> trial)
    {
        var random = new SeededRandom(5);
        var trials = Enumerable.Range(0, 40).Select(number => trial(number, Draw(random))).ToArray();
        foreach (var objective in new[] { Single, Constrained, Front })
        {
            for (var seed = 0UL; seed < 20; seed++)
            {
                AssertInSpace(Propose(Mixed, objective, trials, seed));
            }
        }
    }
}
