using Evenhand.Configuration;
using Evenhand.TestKit.Tuning;
using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Pruners;
using Evenhand.Tuning.Trials;

namespace Evenhand.Tuning.Tests.Pruners;

/// <summary>The answers of the median pruner, worked by hand.</summary>
[TestClass]
public sealed class MedianPrunerTests
{
    private static readonly Objective Least = new CompositeObjective(new MeasureGoal("error", Maximize: false));

    private static readonly MedianPrunerOptions AtOnce = new() { StartupTrials = 0 };

    [TestMethod]
    [DataRow(0.31, true)]
    [DataRow(0.3, false)]
    [DataRow(0.29, false)]
    [DataRow(double.NaN, true)]
    public void ShouldPrune_OddNumberOfOthers_ComparesWithTheMiddleOne(double error, bool expected) =>
        Assert.AreEqual(expected, Ask(AtOnce, [Errors(0.1), Errors(0.9), Errors(0.3)], [error]));

    [TestMethod]
    [DataRow(0.26, true)]
    [DataRow(0.25, false)]
    public void ShouldPrune_EvenNumberOfOthers_ComparesWithTheMeanOfTheMiddleTwo(double error, bool expected) =>
        Assert.AreEqual(expected, Ask(AtOnce, [Errors(0.1), Errors(0.2), Errors(0.3), Errors(0.9)], [error]));

    [TestMethod]
    public void ShouldPrune_WorseThanBefore_CountsTheBestSoFar()
    {
        double[][] others = [Errors(0.5, 0.4), Errors(0.5, 0.4), Errors(0.5, 0.4)];
        Assert.IsFalse(Ask(AtOnce, others, [0.4, 0.9]), "0.4 at step 1 is as good as the median at step 2.");
        Assert.IsTrue(Ask(AtOnce, others, [0.41, 0.9]));
    }

    [TestMethod]
    public void ShouldPrune_OthersEndedBefore_CountsThoseThatReportedAtTheStep()
    {
        // At step 2 there is one other, with 0.2; the median of the last reports would be 0.5.
        double[][] others = [Errors(0.5), Errors(0.6, 0.2), Errors(0.7)];
        Assert.IsTrue(Ask(AtOnce, others, [0.6, 0.3]));
        Assert.IsFalse(Ask(AtOnce, others, [0.6, 0.3, 0.9]), "Nobody reported at step 3.");
    }

    [TestMethod]
    public void ShouldPrune_OthersWerePrunedOrFailed_CountsThePruned()
    {
        FinishedTrial[] trials =
        [
            TrialMaker.Complete(0) with { Reports = Reports(0.1) },
            TrialMaker.Pruned(1, Reports(0.5)),
            TrialMaker.Pruned(2, Reports(0.6)),
            TrialMaker.Failed(3) with { Reports = Reports(0.01) },
        ];
        var pruner = new MedianPruner(AtOnce);
        Assert.IsFalse(pruner.ShouldPrune(new PruningContext(Least, trials, 4, Reports(0.45))), "The median is 0.5.");
        Assert.IsTrue(pruner.ShouldPrune(new PruningContext(Least, trials, 4, Reports(0.55))));
    }

    [TestMethod]
    public void ShouldPrune_FewerTrialsThanStartup_NeverPrunes()
    {
        double[][] others = [Errors(0.1), Errors(0.1), Errors(0.1), Errors(0.1)];
        Assert.IsFalse(Ask(new MedianPrunerOptions(), others, [0.9]));
        Assert.IsTrue(Ask(new MedianPrunerOptions(), [.. others, Errors(0.1)], [0.9]));
    }

    [TestMethod]
    public void ShouldPrune_Warmup_NeverPrunesInIt()
    {
        var options = AtOnce with { WarmupSteps = 2 };
        double[][] others = [Errors(0.1, 0.1, 0.1)];
        Assert.IsFalse(Ask(options, others, [0.9]));
        Assert.IsFalse(Ask(options, others, [0.9, 0.9]));
        Assert.IsTrue(Ask(options, others, [0.9, 0.9, 0.9]));
    }

    [TestMethod]
    public void ShouldPrune_Interval_JudgesTheFirstReportOfEach()
    {
        var options = AtOnce with { WarmupSteps = 1, Interval = 3 };
        double[][] others = [[.. Enumerable.Repeat(0.1, 9)]];
        var judged = Enumerable.Range(1, 9).Where(steps => Ask(options, others, [.. Enumerable.Repeat(0.9, steps)]));
        CollectionAssert.AreEqual(new[] { 2, 5, 8 }, judged.ToArray());

        // A learner that reports at even steps only.
        TrialReport[] even = [.. Reports(0.9, 0.9, 0.9, 0.9, 0.9, 0.9).Where(report => report.Step % 2 == 0)];
        var trials = others.Select((errors, number) => Trial(number, errors)).ToArray();
        var pruner = new MedianPruner(options);
        Assert.IsTrue(pruner.ShouldPrune(new PruningContext(Least, trials, 9, even[..1])), "step 2");
        Assert.IsFalse(pruner.ShouldPrune(new PruningContext(Least, trials, 9, even[..2])), "step 4");
        Assert.IsTrue(pruner.ShouldPrune(new PruningContext(Least, trials, 9, even[..3])), "step 6, the first after 4");
    }

    [TestMethod]
    public void ShouldPrune_OthersUndefined_CountThemAsWorst()
    {
        double[][] others = [Errors(double.NaN), Errors(0.2), Errors(double.NaN)];
        Assert.IsFalse(Ask(AtOnce, others, [double.NaN]), "The median is undefined, too.");
        Assert.IsFalse(Ask(AtOnce, others, [0.9]));
        Assert.IsTrue(Ask(AtOnce, [.. others, Errors(0.2), Errors(0.3)], [double.NaN]));
    }

    [TestMethod]
    public void ShouldPrune_NoReportOrNobodyElse_DoesNotPrune()
    {
        Assert.IsFalse(Ask(AtOnce, [Errors(0.1)], []));
        Assert.IsFalse(Ask(AtOnce, [], [0.9]));
    }

    [TestMethod]
    public void ShouldPrune_Composite_ComparesTheValueOfTheObjective()
    {
        // accuracy - 2 gap: 0.5, 0.6, 0.3; median 0.5.
        var objective = new CompositeObjective(new MeasureGoal("accuracy", true), new MeasurePenalty("gap", 2));
        (double, double)[] others = [(0.7, 0.1), (0.6, 0), (0.9, 0.3)];
        Assert.IsTrue(Ask(objective, others, (0.9, 0.25)), "0.4");
        Assert.IsFalse(Ask(objective, others, (0.9, 0.2)), "0.5");
    }

    [TestMethod]
    public void ShouldPrune_Constrained_PrunesWhatIsBehindInLossAndLimit()
    {
        // Violations 0, 0.1, 0.2: median 0.1. Accuracies 0.5, 0.7, 0.9: median 0.7.
        var objective = new ConstrainedObjective(
            new MeasureGoal("accuracy", true), MeasureLimit.AtMost("gap", 0.1));
        (double, double)[] others = [(0.5, 0.05), (0.7, 0.2), (0.9, 0.3)];
        Assert.IsTrue(Ask(objective, others, (0.6, 0.3)), "behind in both");
        Assert.IsTrue(Ask(objective, others, (0.6, 0.2)), "behind in accuracy, equal in violation");
        Assert.IsFalse(Ask(objective, others, (0.6, 0.15)), "violates less");
        Assert.IsFalse(Ask(objective, others, (0.8, 0.5)), "is more accurate");
        Assert.IsFalse(Ask(objective, others, (0.7, 0.2)), "is the median");

        // All keep the limit: accuracy decides.
        Assert.IsTrue(Ask(objective, [(0.7, 0.01)], (0.6, 0)));
        Assert.IsFalse(Ask(objective, [(0.7, 0.01)], (0.8, 0.1)));
    }

    [TestMethod]
    public void ShouldPrune_Pareto_PrunesWhatTheMediansDominate()
    {
        var objective = new ParetoObjective([new MeasureGoal("accuracy", true), new MeasureGoal("gap", false)]);
        (double, double)[] others = [(0.5, 0.1), (0.7, 0.2), (0.9, 0.3)];
        Assert.IsTrue(Ask(objective, others, (0.6, 0.25)));
        Assert.IsTrue(Ask(objective, others, (0.7, 0.25)));
        Assert.IsFalse(Ask(objective, others, (0.6, 0.15)));
        Assert.IsFalse(Ask(objective, others, (0.75, 0.3)));
    }

    [TestMethod]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.ThrowsExactly<InputException>(() => new MedianPruner(new MedianPrunerOptions { StartupTrials = -1 }));
        Assert.ThrowsExactly<InputException>(() => new MedianPruner(new MedianPrunerOptions { WarmupSteps = -1 }));
        Assert.ThrowsExactly<InputException>(() => new MedianPruner(new MedianPrunerOptions { Interval = 0 }));
    }

    private static bool Ask(MedianPrunerOptions options, double[][] others, double[] own) =>
        new MedianPruner(options).ShouldPrune(new PruningContext(
            Least, [.. others.Select((errors, number) => Trial(number, errors))], others.Length, Reports(own)));

    private static bool Ask(Objective objective, (double, double)[] others, (double, double) own)
    {
        static TrialReport[] Report((double Accuracy, double Gap) figures) =>
            [new(1, new Dictionary<string, double> { ["accuracy"] = figures.Accuracy, ["gap"] = figures.Gap })];
        return new MedianPruner(AtOnce).ShouldPrune(new PruningContext(
            objective,
            [.. others.Select((figures, number) => TrialMaker.Complete(number) with { Reports = Report(figures) })],
            others.Length,
            Report(own)));
    }

    private static double[] Errors(params double[] errors) => errors;

    private static FinishedTrial Trial(int number, double[] errors) =>
        TrialMaker.Complete(number, ("error", errors[^1])) with { Reports = Reports(errors) };

    private static TrialReport[] Reports(params double[] errors) =>
        [.. errors.Select((error, index) => TrialMaker.Report(index + 1, ("error", error)))];
}
