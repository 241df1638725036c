using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Tasks;
using Evenhand.Learning;
using Evenhand.Learning.Text.LogisticRegression;
using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Evaluations;
using Evenhand.TestKit.Learning;

namespace Evenhand.Experiments.Tests.Running;

/// <summary>Classes and labels of a model and of the data are matched by value, whatever their codes.</summary>
[TestClass]
public sealed class ClassEvaluationTests
{
    private static readonly SeedTree Seeds = new(3);

    [TestMethod]
    public void Evaluate_ClassesUnderOtherCodes_AreMatchedByName()
    {
        var data = LearningSamples.Classes(300, Seeds);
        var label = (CategoricalColumn)data.Label!;
        var model = Fit(data);
        var renamed = CategoricalColumn.FromValues(
            "class", Enumerable.Range(0, data.RowCount).Select(label.Format), ColumnRoles.Label);
        CollectionAssert.AreNotEqual(label.Vocabulary.Values.ToArray(), renamed.Vocabulary.Values.ToArray());
        AssertSame(TaskKind.MulticlassTextClassification, model, data, data.WithRows(data.Rows.With(renamed)));
    }

    [TestMethod]
    public void Evaluate_LabelsUnderOtherCodes_AreMatchedByName()
    {
        var data = LearningSamples.LabelSets(300, Seeds);
        var label = (CategorySetColumn)data.Label!;
        var renamed = CategorySetColumn.FromValues(
            "labels",
            Enumerable.Range(0, data.RowCount).Select(
                row => label.Codes(row).ToArray().Reverse().Select(code => label.Vocabulary[code])).ToArray(),
            ColumnRoles.Label);
        AssertSame(TaskKind.MultiLabelTextClassification, Fit(data), data, data.WithRows(data.Rows.With(renamed)));
    }

    [TestMethod]
    public void Evaluate_ClassThatTheModelNeverSaw_IsWrong()
    {
        var data = LearningSamples.Classes(300, Seeds);
        var unseen = new CategoricalColumn("class", new int[300], new Vocabulary(["unseen"]), ColumnRoles.Label);
        var figures = Evaluate(
            TaskKind.MulticlassTextClassification, Fit(data), data.WithRows(data.Rows.With(unseen)));
        Assert.AreEqual(0.0, figures.Metrics["micro-accuracy"].Value);
        Assert.IsGreaterThan(36, figures.Metrics["multiclass-log-loss"].Value);
    }

    [TestMethod]
    public void Evaluate_ModelOfAnotherTask_IsRefused()
    {
        var data = LearningSamples.Classes(50, Seeds);
        var refusal = Assert.ThrowsExactly<InputException>(
            () => Evaluate(TaskKind.MultiLabelTextClassification, Fit(data), data));
        StringAssert.Contains(refusal.Message, "'logistic-regression' does not predict sets of labels");
    }

    private static Model Fit(Dataset data) =>
        new LogisticRegressionLearner(new LogisticRegressionOptions { HashBits = 10 })
            .Fit(data, new FitContext { Seeds = Seeds });

    private static void AssertSame(TaskKind task, Model model, Dataset data, Dataset renamed)
    {
        var (before, after) = (Evaluate(task, model, data), Evaluate(task, model, renamed));
        foreach (var (name, value) in before.Metrics.Where(metric => metric.Key != "hamming-loss"))
        {
            // Labels that nothing has are no labels of the renamed data; only the Hamming loss counts them.
            Assert.AreEqual(value.Value, after.Metrics[name].Value, 1e-9, name);
        }
    }

    private static EvaluationFigures Evaluate(TaskKind task, Model model, Dataset data) => new Evaluator(new EvaluationPlan
    {
        Task = task,
        Metrics = [.. PredictionTasks.Of(task).Target.UsualMetrics(10).Select(MetricCatalogue.BuiltIn.Get)],
        Fairness = [],
        Report = new GroupReportOptions { Seeds = Seeds, BootstrapSamples = 0 },
    }).Evaluate(model, data, [], CancellationToken.None).Figures;
}
