using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Text.Distillation;
using Evenhand.Learning.Text.NaiveBayes;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Text.Distillation;

/// <summary>Targets and the rows that stand for them, worked by hand.</summary>
[TestClass]
public sealed class SoftTargetsTests
{
    private static readonly Learner Teacher = new NaiveBayesLearner(new NaiveBayesOptions());

    [TestMethod]
    public void Expand_TwoClasses_SharesEachRowsWeight()
    {
        var data = LearningSamples.Texts(["a", "b"], [0, 1]);
        data = data.WithRows(data.Rows.With(new NumericColumn("w", new double[] { 2, 1 }, ColumnRoles.Weight)));
        var targets = new SoftTargets(LabelClasses.Binary, 2);
        targets.Add([0, 1], new ClassPredictions([0.25, 1]), _ => 1, Teacher);
        targets.Mix(0, [0], 0.2);

        var rows = targets.Expand(data, 0);

        // Of row 0: 0.8 x 0.25 = 0.2 of a weight of 2. Row 1 is certain, and stays one row.
        CollectionAssert.AreEqual(new[] { "a", "a", "b" }, rows.Text!.Values.ToArray());
        CollectionAssert.AreEqual(new double[] { 1, 0, 1 }, ((NumericColumn)rows.Label!).Values.ToArray());
        AreNear([0.4, 1.6, 1], rows.Weight!.Values);
        Assert.AreEqual("w", rows.Weight.Name);
    }

    [TestMethod]
    public void Expand_SmallShares_GoToTheOtherClasses()
    {
        var classes = new LabelClasses(LabelKind.Multiclass, new(["x", "y", "z"]));
        var data = new Dataset("three", new Table(
        [
            new TextColumn("text", new[] { "a" }, ColumnRoles.Text),
            new CategoricalColumn("class", new[] { 0 }, classes.Names, ColumnRoles.Label),
        ]));
        var targets = new SoftTargets(classes, 1);

        // The teacher has its classes in another order: z, x, y.
        targets.Add([0], new MulticlassPredictions(new(["z", "x", "y"]), [0.1, 0.54, 0.36]), _ => 1, Teacher);
        var rows = targets.Expand(data, 0.15);

        CollectionAssert.AreEqual(new[] { 0, 1 }, ((CategoricalColumn)rows.Label!).Codes.ToArray());
        AreNear([0.6, 0.4], rows.Weight!.Values);
    }

    [TestMethod]
    public void Expand_SetsOfLabels_GivesNestedSetsInWhichEachLabelHasItsProbability()
    {
        var labels = new LabelClasses(LabelKind.MultiLabel, new(["x", "y", "z"]));
        var data = new Dataset("sets", new Table(
        [
            new TextColumn("text", new[] { "a" }, ColumnRoles.Text),
            new CategorySetColumn("labels", [0, 1], [0], [false], labels.Names, ColumnRoles.Label),
        ]));
        var targets = new SoftTargets(labels, 1);
        targets.Add([0], new MultiLabelPredictions(labels.Names, [0.5, 0.9, 0.2]), _ => 1, Teacher);
        var rows = targets.Expand(data, 0);

        var sets = (CategorySetColumn)rows.Label!;
        CollectionAssert.AreEqual(
            new[] { "", "y", "x|y", "x|y|z" }, Enumerable.Range(0, 4).Select(row => sets.Format(row)).ToArray());
        AreNear([0.1, 0.4, 0.3, 0.2], rows.Weight!.Values);
    }

    [TestMethod]
    public void Soften_Temperature_DividesLogits()
    {
        var binary = new SoftTargets(LabelClasses.Binary, 1);
        binary.Add([0], new ClassPredictions([0.8]), _ => 1, Teacher);
        binary.Soften(2);

        // Odds of 4 become odds of 2.
        AreNear([2.0 / 3, 1.0 / 3], binary.Expand(LearningSamples.Texts(["a"], [0]), 0).Weight!.Values);

        var classes = new LabelClasses(LabelKind.Multiclass, new(["x", "y", "z"]));
        var several = new SoftTargets(classes, 1);
        several.Add([0], new MulticlassPredictions(classes.Names, [0.64, 0.36, 0]), _ => 1, Teacher);
        several.Soften(2);
        var data = new Dataset("three", new Table(
        [
            new TextColumn("text", new[] { "a" }, ColumnRoles.Text),
            new CategoricalColumn("class", new[] { 0 }, classes.Names, ColumnRoles.Label),
        ]));
        AreNear([0.8 / 1.4, 0.6 / 1.4], several.Expand(data, 0).Weight!.Values);
    }

    [TestMethod]
    public void Add_PredictionsOfAnotherKind_SaysSo()
    {
        var targets = new SoftTargets(LabelClasses.Binary, 1);
        Assert.Contains(
            "predicts no probabilities",
            Assert.ThrowsExactly<InputException>(
                () => targets.Add([0], new RatingPredictions([3]), _ => 1, Teacher)).Message);
    }

    private static void AreNear(double[] expected, ReadOnlySpan<double> actual)
    {
        Assert.AreEqual(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], 1e-12);
        }
    }
}
