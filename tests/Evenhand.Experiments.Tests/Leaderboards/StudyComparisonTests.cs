using Evenhand.Configuration;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Tests.Files;

namespace Evenhand.Experiments.Tests.Leaderboards;

[TestClass]
public sealed class StudyComparisonTests
{
    [TestMethod]
    public void Of_TwoFronts_MeasuresTheShareOfTheBoxThatEachDominates()
    {
        // The box: rmse from 1 to 3, gap from 0 to 0.4. The first study has its corners alone and dominates nothing;
        // the second has its centre besides, a quarter of the box.
        var comparison = StudyComparison.Of(
        [
            Board([(1, 0.4), (3, 0)]),
            Board([(1, 0.4), (2, 0.2), (3, 0)]),
        ]);

        CollectionAssert.AreEqual(new[] { "rmse", PlanSamples.Gap }, comparison.Measures.ToArray());
        Assert.AreEqual(0, comparison.Studies[0].Hypervolume, 1e-12);
        Assert.AreEqual(0.25, comparison.Studies[1].Hypervolume, 1e-12);
        Assert.AreEqual(1, comparison.Studies[1].Best["rmse"], 1e-12);
        Assert.AreEqual(0, comparison.Studies[1].Best[PlanSamples.Gap], 1e-12);
        Assert.AreEqual(3, comparison.Studies[1].Trials);
    }

    [TestMethod]
    public void Of_TestFigures_AreComparedAmongFinalists()
    {
        var comparison = StudyComparison.Of(
        [
            Board([(1, 0.4), (3, 0)], (0, 2, 0.3)),
            Board([(1, 0.4), (3, 0)], (0, 2, 0.3), (1, 1, 0.1)),
        ]);

        // On the test part the second study's other finalist is the best corner of the box: it dominates all of it.
        Assert.AreEqual(0, comparison.Studies[0].TestHypervolume, 1e-12);
        Assert.AreEqual(1, comparison.Studies[1].TestHypervolume, 1e-12);
        Assert.AreEqual(1, comparison.Studies[0].Finalists);
        Assert.AreEqual(0.1, comparison.Studies[1].TestBest[PlanSamples.Gap], 1e-12);
    }

    [TestMethod]
    public void Of_NoTestFigures_LeavesThemUndefined()
    {
        var comparison = StudyComparison.Of([Board([(1, 0.4)]), Board([(2, 0.2)])]);

        Assert.IsTrue(double.IsNaN(comparison.Studies[0].TestHypervolume));
        Assert.IsTrue(double.IsNaN(comparison.Studies[0].TestBest["rmse"]));
    }

    [TestMethod]
    public void Of_OtherData_SaysWhatDiffers()
    {
        var other = Board([(1, 0.4)]) with { Dataset = new DatasetFacts("ml-1m-part", 100, "def") };

        var message = Assert.ThrowsExactly<InputException>(
            () => StudyComparison.Of([Board([(1, 0.4)]), other])).Message;

        StringAssert.Contains(message, "differ in their data (ml-100k abc; ml-1m-part def)");
    }

    [TestMethod]
    public void Of_OneStudy_AsksForAnother() => StringAssert.Contains(
        Assert.ThrowsExactly<InputException>(() => StudyComparison.Of([Board([(1, 0.4)])])).Message, "at least two");

    private static Leaderboard Board(
        (double Rmse, double Gap)[] trials, params (int Trial, double Rmse, double Gap)[] tests)
    {
        var text = Text.With(objective: "{ pareto: [rmse, { metric: rmse-difference, group: gender }] }");
        return LeaderboardBuilder.Build(
            PlanSamples.Record(text),
            PlanSamples.Definition(text),
            PlanSamples.Of(text),
            [.. trials.Select((trial, number) => PlanSamples.Trial(number, trial.Rmse, trial.Gap))],
            tests.ToDictionary(t => t.Trial, t => PlanSamples.Figures(t.Rmse, t.Gap)),
            PlanSamples.Stored);
    }
}
