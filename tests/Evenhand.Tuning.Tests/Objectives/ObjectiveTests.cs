using Evenhand.TestKit.Tuning;
using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Trials;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Tuning.Tests.Objectives;

[TestClass]
public sealed class ObjectiveTests
{
    private static readonly MeasureGoal Rmse = new("rmse", Maximize: false);
    private static readonly MeasureGoal Accuracy = new("accuracy", Maximize: true);

    private static readonly Objective[] All =
    [
        new CompositeObjective(Rmse, new MeasurePenalty("gap", 0.5)),
        new ConstrainedObjective(Rmse, MeasureLimit.AtMost("gap", 2)),
        new ParetoObjective([Rmse, new MeasureGoal("gap", Maximize: false)]),
        new ParetoObjective([Rmse, new MeasureGoal("gap", Maximize: false)], MeasureLimit.AtMost("gap", 2)),
    ];

    // Few distinct values, so that ties are common; every kind of trial.
    private static readonly Gen<FinishedTrial[]> Histories =
        from count in Gen.Choose(0, 25)
        from rows in (from rmse in Gen.Elements(0.5, 1, 2, double.NaN, double.NegativeInfinity)
                      from gap in Gen.Elements(0, 1, 2, 3, double.NaN)
                      from failed in Gen.Choose(0, 7)
                      select (rmse, gap, failed)).ArrayOf(count)
        select rows.Select((row, number) => row.failed == 0
            ? TrialMaker.Failed(number)
            : TrialMaker.Complete(number, ("rmse", row.rmse), ("gap", row.gap))).ToArray();

    [TestMethod]
    public void Value_CompositeOfError_AddsWeightedGap()
    {
        // 0.9 + 0.5 * 0.04 / 0.1 = 1.1.
        var objective = new CompositeObjective(Rmse, new MeasurePenalty("gap", 0.5) { Scale = 0.1 });
        var trial = TrialMaker.Complete(0, ("rmse", 0.9), ("gap", 0.04));
        Assert.AreEqual(1.1, objective.Value(trial)!.Value, 1e-15);
        Assert.AreEqual(1.1, objective.Losses(trial).Single(), 1e-15);
        Assert.IsFalse(objective.MaximizesValue);
    }

    [TestMethod]
    public void Value_CompositeOfAccuracy_SubtractsDistanceToParity()
    {
        // 0.8 / 2 - 3 * (1 - 0.9) - 0.5 * 0.2 = 0.
        var objective = new CompositeObjective(
            Accuracy with { Scale = 2 },
            new MeasurePenalty("ratio", 3) { Maximize = true },
            new MeasurePenalty("gap", 0.5));
        var trial = TrialMaker.Complete(0, ("accuracy", 0.8), ("ratio", 0.9), ("gap", 0.2));
        Assert.AreEqual(0, objective.Value(trial)!.Value, 1e-15);
        Assert.IsTrue(objective.MaximizesValue);
        Assert.AreEqual("accuracy / 2 - 3 * (1 - ratio) - 0.5 * gap", objective.ToString());
    }

    [TestMethod]
    public void Compare_CompositePenaltyGrows_TrialGetsWorse()
    {
        foreach (var accuracy in new[] { Rmse, Accuracy })
        {
            var objective = new CompositeObjective(
                accuracy, new MeasurePenalty("gap", 1), new MeasurePenalty("ratio", 1) { Maximize = true });
            var fair = TrialMaker.Complete(1, (accuracy.Measure, 1), ("gap", 0), ("ratio", 1));
            Assert.IsLessThan(0, objective.Compare(fair, TrialMaker.Complete(0, (accuracy.Measure, 1), ("gap", 0.1), (
                "ratio", 1))));
            Assert.IsLessThan(0, objective.Compare(fair, TrialMaker.Complete(0, (accuracy.Measure, 1), ("gap", 0),
                ("ratio", 0.9))));
        }
    }

    [TestMethod]
    public void Value_FailedOrUndefined_IsNull()
    {
        var objective = new CompositeObjective(Rmse, new MeasurePenalty("gap", 0));
        Assert.IsNull(objective.Value(TrialMaker.Failed(0)));
        Assert.IsNull(objective.Value(TrialMaker.Complete(0, ("rmse", 1), ("gap", double.NaN))));
        Assert.IsNull(objective.Value(TrialMaker.Complete(0, ("gap", 1))));
    }

    [TestMethod]
    public void Violation_SeveralLimits_AddsWhatIsMissed()
    {
        var objective = new ConstrainedObjective(
            Rmse, MeasureLimit.AtMost("gap", 0.05), MeasureLimit.AtLeast("ratio", 0.8) with { Scale = 2 });
        Assert.AreEqual(0, objective.Violation(TrialMaker.Complete(0, ("rmse", 1), ("gap", 0.05), ("ratio", 0.8))));
        Assert.AreEqual(
            0.01 + 0.15, objective.Violation(TrialMaker.Complete(0, ("rmse", 1), ("gap", 0.06), ("ratio", 0.5))),
                1e-12);
        Assert.IsTrue(double.IsNaN(objective.Violation(TrialMaker.Complete(0, ("rmse", 1), ("gap", 0.06)))));
        Assert.AreEqual("rmse subject to gap <= 0.05 and ratio >= 0.8", objective.ToString());
    }

    [TestMethod]
    public void Best_Constrained_IsFeasibleOrNull()
    {
        var objective = new ConstrainedObjective(Rmse, MeasureLimit.AtMost("gap", 0.05));
        var accurate = TrialMaker.Complete(0, ("rmse", 0.1), ("gap", 0.2));
        var close = TrialMaker.Complete(1, ("rmse", 0.5), ("gap", 0.06));
        var undefined = TrialMaker.Complete(2, ("rmse", 0.01), ("gap", double.NaN));
        var fair = TrialMaker.Complete(3, ("rmse", 0.9), ("gap", 0.01));
        Assert.IsNull(objective.Best([accurate, close, undefined]));
        Assert.AreSame(close, objective.LeastInfeasible([accurate, close, undefined]));
        Assert.AreSame(fair, objective.Best([accurate, close, undefined, fair]));
        Assert.IsNull(objective.LeastInfeasible([fair, undefined]));
        CollectionAssert.AreEqual(
            new[] { 3, 1, 0, 2 },
            objective.Rank([accurate, close, undefined, fair]).Select(ranked => ranked.Trial.Number).ToArray());
    }

    [TestMethod]
    public void Rank_AnyHistory_IsATotalOrderByClass() => Prop.ForAll(Histories.ToArbitrary(), trials =>
    {
        foreach (var objective in All)
        {
            var ranked = objective.Rank(trials);
            CollectionAssert.AreEquivalent(trials, ranked.Select(place => place.Trial).ToArray());
            for (var place = 0; place < ranked.Count; place++)
            {
                Assert.AreEqual(place + 1, ranked[place].Rank);
                Assert.AreEqual(objective.Standing(ranked[place].Trial), ranked[place].Standing);
                Assert.IsTrue(place == 0 || ranked[place - 1].Standing <= ranked[place].Standing);
            }

            // The order does not depend on the order in which the trials come.
            var shuffled = objective.Rank([.. trials.Reverse()]).Select(place => place.Trial.Number);
            CollectionAssert.AreEqual(ranked.Select(place => place.Trial.Number).ToArray(), shuffled.ToArray());

            var best = ranked.FirstOrDefault(place => place.Standing == TrialStanding.Feasible)?.Trial;
            Assert.AreSame(best, objective.Best(trials));
            var least = ranked.FirstOrDefault(place => place.Standing == TrialStanding.Infeasible)?.Trial;
            Assert.AreSame(least, objective.LeastInfeasible(trials));
        }
    }).Check(Checks.Config);

    [TestMethod]
    public void Compare_AnyThree_IsTransitiveAndAntisymmetric() => Prop.ForAll(Histories.ToArbitrary(), trials =>
    {
        foreach (var objective in All)
        {
            foreach (var a in trials)
            {
                foreach (var b in trials)
                {
                    var order = Math.Sign(objective.Compare(a, b));
                    Assert.AreEqual(a.Number == b.Number, order == 0);
                    Assert.AreEqual(-order, Math.Sign(objective.Compare(b, a)));
                    Assert.IsTrue(order >= 0 || trials.All(c => objective.Compare(b, c) >= 0
                        || objective.Compare(a, c) < 0));
                }
            }
        }
    }).Check(Checks.Config.WithMaxTest(50));

    [TestMethod]
    public void ParetoMembers_AnyHistory_HaveDefinedMeasures() => Prop.ForAll(Histories.ToArbitrary(), trials =>
    {
        foreach (var objective in All)
        {
            var members = objective.ParetoMembers(trials);
            foreach (var (index, trial) in trials.Index().Where(item => members[item.Index]))
            {
                Assert.IsTrue(objective.Standing(trial) <= TrialStanding.Infeasible);
                Assert.IsFalse(trials.Any(other => objective.Standing(other) == TrialStanding.Feasible
                    && other.Measure("rmse") < trial.Measure("rmse") && other.Measure("gap") < trial.Measure("gap")));
            }
        }
    }).Check(Checks.Config);

    [TestMethod]
    public void ParetoMembers_OfBoundedFront_AreFeasible()
    {
        FinishedTrial[] trials =
        [
            TrialMaker.Complete(0, ("rmse", 1), ("gap", 3)),
            TrialMaker.Complete(1, ("rmse", 2), ("gap", 2)),
            TrialMaker.Complete(2, ("rmse", 3), ("gap", 2.5)),
        ];
        CollectionAssert.AreEqual(new[] { true, true, false }, All[2].ParetoMembers(trials));
        CollectionAssert.AreEqual(new[] { false, true, false }, All[3].ParetoMembers(trials));
    }

    [TestMethod]
    public void Rank_Pareto_OrdersByFrontFirst()
    {
        FinishedTrial[] trials =
        [
            TrialMaker.Complete(0, ("rmse", 2), ("gap", 5)),
            TrialMaker.Complete(1, ("rmse", 1), ("gap", 4)),
            TrialMaker.Complete(2, ("rmse", 3), ("gap", 1)),
        ];
        var ranked = All[2].Rank(trials);
        CollectionAssert.AreEqual(new[] { 1, 2, 0 }, ranked.Select(place => place.Trial.Number).ToArray());
        CollectionAssert.AreEqual(new[] { true, true, false }, ranked.Select(place => place.OnParetoFront).ToArray());
        Assert.IsNull(All[2].Value(trials[0]));
    }

    [TestMethod]
    public void Constructor_InvalidParts_Throws()
    {
        Action[] invalid =
        [
            () => _ = new MeasureGoal(" ", Maximize: true),
            () => _ = Rmse with { Scale = 0 },
            () => _ = new MeasurePenalty("gap", -1),
            () => _ = new MeasurePenalty("gap", double.NaN),
            () => _ = new MeasurePenalty("gap", 1) { Scale = -1 },
            () => _ = new MeasurePenalty("gap", 1) { Ideal = double.NaN },
            () => _ = MeasureLimit.AtMost("gap", double.NaN),
            () => _ = MeasureLimit.AtMost("", 1),
            () => _ = new CompositeObjective(Rmse, new MeasurePenalty("rmse", 1)),
            () => _ = new ConstrainedObjective(Rmse),
            () => _ = new ParetoObjective([Rmse]),
            () => _ = new ParetoObjective([Rmse, Rmse]),
        ];
        foreach (var (index, action) in invalid.Index())
        {
            Assert.Throws<ArgumentException>(action, $"case {index}");
        }
    }
}
