using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Evenhand.Experiments.BuiltIn;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Predicting;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Tests.Files;
using Evenhand.Tuning.Space;

namespace Evenhand.Experiments.Tests.Foreign;

/// <summary>A table format of an extension, from the experiment file to predictions.</summary>
[TestClass]
public sealed class FixedWidthTests
{
    private const string Experiment = """
        name: fixed
        task: rating-prediction
        data:
          rows:
            files: [{ path: ratings.dat }]
            format: { reader: fixed-width }
            columns:
              - { name: user, type: category, role: user }
              - { name: item, type: category, role: item }
              - { name: stars, type: number }
          label: { column: stars }
        learners: [bias]
        objective: { minimize: rmse }
        """;

    private static Registry Extended => BuiltInRegistry.Create().Add(FixedWidth.Descriptor);

    [TestMethod]
    public void Load_FormatOfAnExtension_IsReadByIt()
    {
        using var folder = new TemporaryFolder();
        Write(folder);

        var data = ExperimentData.Load(Plan(folder, Extended), null, IRunListener.None, CancellationToken.None);

        Assert.AreEqual(40, data.Facts.Rows);
        Assert.AreEqual(8, data.Split.Train.UserColumn!.Vocabulary.Count);
        Assert.IsTrue(((NumericColumn)data.Split.Train.Label!).Values.ToArray().All(stars => stars is >= 1 and <= 5));
    }

    [TestMethod]
    public void Predict_FileWhoseNameTellsItsForm_IsReadAsThat()
    {
        using var folder = new TemporaryFolder();
        Write(folder);
        var plan = Plan(folder, Extended);
        var data = ExperimentData.Load(plan, null, IRunListener.None, CancellationToken.None);
        var model = plan.Learners.CreateLearner(ParameterSet.Empty).Fit(data.Split.Train, new() { Seeds = new(1) });
        var named = folder.Write("new.csv", "user,item\nu1,i1\nu2,i2\n");
        var other = folder.Write("new.dat", "user    item    \nu1      i1\nu2      i2\n");

        var first = PredictionFile.Predict(plan, model, named, 10, false, null, CancellationToken.None);
        var second = PredictionFile.Predict(plan, model, other, 10, false, null, CancellationToken.None);

        Assert.HasCount(2, first.Rows);
        CollectionAssert.AreEqual(first.Rows[1].ToArray(), second.Rows[1].ToArray());
    }

    [TestMethod]
    [DataRow("u1      i1      3!", "(3,1): a row must not shout.")]
    [DataRow("u1      i1      many", "(3,17): column 'stars': ")]
    [DataRow("u1      i1", "(3,17): expected 3 fields, found 2.")]
    public void Load_BadRow_IsNamedWithItsPlace(string row, string message)
    {
        using var folder = new TemporaryFolder();
        folder.Write("ratings.dat", $"user    item    stars\nu1      i2      4\n{row}\n");

        Assert.Contains(message, Refusal(() => ExperimentData.Load(
            Plan(folder, Extended), null, IRunListener.None, CancellationToken.None)));
    }

    [TestMethod]
    public void Load_EmptyFile_IsNamed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ratings.dat", "");

        Assert.Contains("it has no line of names", Refusal(() => ExperimentData.Load(
            Plan(folder, Extended), null, IRunListener.None, CancellationToken.None)));
    }

    [TestMethod]
    public void Load_UnknownFormat_NamesTheNearest()
    {
        using var folder = new TemporaryFolder();
        Write(folder);
        var file = folder.Write("fixed.yaml", Experiment.Replace("fixed-width", "fixed-with", StringComparison.Ordinal));

        var message = Refusal(() => ExperimentPlan.Load(file, Extended));

        Assert.Contains("the table format 'fixed-with', which no extension of the experiment brings.", message);
        Assert.Contains("Did you mean 'fixed-width'?", message);
        Assert.AreEqual("fixed", ExperimentPlan.Load(file, Extended.Add(
            Evenhand.Data.Reading.TableFormatDescriptor.Of("fixed-with", "", (_, _) => throw new NotSupportedException())))
            .Experiment.Name);
    }

    private static string Refusal(Action action) => Assert.ThrowsExactly<InputException>(action).Message;

    private static ExperimentPlan Plan(TemporaryFolder folder, Registry registry) =>
        ExperimentPlan.Load(folder.Write("fixed.yaml", Experiment), registry);

    private static void Write(TemporaryFolder folder) => folder.Write(
        "ratings.dat",
        "user    item    stars\n" + string.Concat(Enumerable.Range(0, 40).Select(
            row => $"u{row % 8,-7}i{row % 5,-7}{1 + (row * 7 % 5)}\n")));
}
