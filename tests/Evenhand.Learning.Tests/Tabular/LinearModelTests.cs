using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Tabular;
using Evenhand.Learning.Tabular.LinearClassification;
using Evenhand.Learning.Tabular.LinearRegression;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Tabular;

/// <summary>Linear models of features. Golden values: scikit-learn 1.2.1, LogisticRegression(C=2, newton-cg, tol=1e-12) and
/// Ridge(alpha=0.5, cholesky) on the same columns: the standardized number, its missing values, each category, the
/// missing ones.</summary>
[TestClass]
public sealed class LinearModelTests
{
    private const double Nothing = double.NaN;

    private static readonly double[] Ages = [20, 35, 50, Nothing, 41, 28, 63, 33];
    private static readonly string?[] Cities = ["a", "b", "a", "c", null, "b", "c", "a"];

    private static readonly NumericColumn Bought = new("bought", new double[] { 0, 1, 1, 0, 1, 0, 1, 0 }, ColumnRoles.Label);

    private static readonly LinearClassificationOptions Half = new() { L2Regularization = 0.5, OptimizationTolerance = 1e-12 };

    private static FitContext Context => new() { Seeds = new SeedTree(1) };

    [TestMethod]
    [DataRow(LinearSolver.TruncatedNewton)]
    [DataRow(LinearSolver.Lbfgs)]
    public void Fit_TwoClasses_GivesWhatScikitLearnGives(LinearSolver solver)
    {
        var model = new LinearClassificationLearner(Half with { Solver = solver }).Fit(Rows(Bought), Context);
        double[] expected =
        [
            0.0924037326, 0.5252559880, 0.7684392593, 0.3012119850, 0.7373344331, 0.3291882664, 0.9307318290, 0.3154345052,
        ];
        AssertNear(expected, ((ClassPredictions)model.Predict(Rows(Bought))).Probabilities, 1e-6);
    }

    [TestMethod]
    public void Fit_SeveralClasses_GivesWhatScikitLearnGives()
    {
        var label = CategoricalColumn.FromValues("kind", ["x", "y", "z", "x", "y", "z", "y", "x"], ColumnRoles.Label);
        var model = new LinearClassificationLearner(Half).Fit(Rows(label), Context);
        var found = ((MulticlassPredictions)model.Predict(Rows(label))).Probabilities;
        double[] expected =
        [
            0.8439905557, 0.0298887535, 0.1261206908, 0.1490906570, 0.4686667575, 0.3822425855, 0.2399897351, 0.3180118769,
            0.4419983881,
        ];
        AssertNear(expected, found[..expected.Length], 1e-6);
    }

    [TestMethod]
    public void Fit_Number_GivesWhatRidgeRegressionGives()
    {
        var label = new NumericColumn("spent", new double[] { 1, 4, 6, 2, 5, 2.5, 8, 3 }, ColumnRoles.Label);
        var options = new LinearRegressionOptions { L2Regularization = 0.5, OptimizationTolerance = 1e-12 };
        var model = new LinearRegressionLearner(options).Fit(Rows(label), Context);
        double[] expected =
        [
            1.0683627135, 3.7592862370, 5.8469432849, 2.5775496154, 4.8407143442, 2.6442841036, 7.6237787402, 3.1390809611,
        ];
        AssertNear(expected, ((RatingPredictions)model.Predict(Rows(label))).Values, 1e-6);
    }

    [TestMethod]
    public void Load_AfterSave_PredictsTheSameBits()
    {
        var file = Path.GetTempFileName();
        try
        {
            foreach (var (learner, label) in new (Learner, Column)[]
            {
                (new LinearClassificationLearner(Half), Bought),
                (new LinearRegressionLearner(new LinearRegressionOptions()), Bought),
            })
            {
                var model = learner.Fit(Rows(label), Context);
                ModelFile.Save(model, file);
                var loaded = ModelFile.Load(file, TestRegistry.Shared);
                CollectionAssert.AreEqual(Values(model.Predict(Rows(label))), Values(loaded.Predict(Rows(label))));
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    public void Predict_UnknownCategoryAndMissingValues_CountAsNoneAndAsMissing()
    {
        var model = new LinearClassificationLearner(Half).Fit(Rows(Bought), Context);
        var unknown = Predict(model, [40, 40], ["d", "a"]);
        var known = Predict(model, [40, 40], ["a", null]);
        Assert.AreEqual(unknown[1], known[0]);
        Assert.AreNotEqual(unknown[0], known[0]);
        Assert.AreNotEqual(unknown[0], known[1], "a category that training does not have is not a missing one");

        // A number that is missing is told from one that is the mean.
        var mean = Ages.Where(double.IsFinite).Average();
        var numbers = Predict(model, [mean, Nothing], ["a", "a"]);
        Assert.AreNotEqual(numbers[0], numbers[1]);
    }

    [TestMethod]
    public void Fit_ColumnThatTellsTheGroup_IsNoFeatureUnlessAskedFor()
    {
        var city = CategoricalColumn.FromValues("city", ["a", "b", "a", "b", "a", "b", "a", "b"], ColumnRoles.Feature);
        var code = new NumericColumn("code", new double[] { 1, 2, 1, 2, 1, 2, 1, 2 }, ColumnRoles.Feature);
        var age = new NumericColumn("age", new double[] { 20, 35, 50, 41, 30, 28, 63, 33 }, ColumnRoles.Feature);
        var data = new Dataset("rows", new Table([city, code, age, Bought]))
            .WithGroups([new GroupAttribute("city", GroupSide.Row, city)]);
        var model = new LinearClassificationLearner(Half).Fit(data, Context);
        var swapped = new Dataset("rows", new Table([age]));
        Assert.HasCount(8, ((ClassPredictions)model.Predict(swapped)).Probabilities, "age alone is read");
        var reading = new LinearClassificationLearner(Half with { UseGroupAttributes = true }).Fit(data, Context);
        StringAssert.Contains(
            Assert.ThrowsExactly<InputException>(() => reading.Predict(swapped)).Message, "needs the column 'city'");
    }

    [TestMethod]
    public void Fit_UnusableColumns_AreClearErrors()
    {
        var text = new TextColumn("note", new[] { "x", "y" }, ColumnRoles.Feature);
        var label = new NumericColumn("bought", new double[] { 0, 1 }, ColumnRoles.Label);
        var empty = new NumericColumn("age", new double[] { Nothing, Nothing }, ColumnRoles.Feature);
        foreach (var (columns, expected) in new (Column[], string)[]
        {
            ([label], "needs columns with the role feature"),
            ([label, text], "The feature 'note' of 'rows' is neither a number nor a category"),
            ([label, empty], "The feature 'age' of 'rows' has no value in any training row"),
        })
        {
            var data = new Dataset("rows", new Table(columns));
            var error = Assert.ThrowsExactly<InputException>(() => new LinearClassificationLearner(Half).Fit(data, Context));
            StringAssert.Contains(error.Message, expected);
        }

        var model = new LinearClassificationLearner(Half).Fit(Rows(Bought), Context);
        var categories = CategoricalColumn.FromValues("age", ["old"], ColumnRoles.Feature);
        var other = new Dataset("other", new Table([categories, CategoricalColumn.FromValues("city", ["a"])]));
        StringAssert.Contains(
            Assert.ThrowsExactly<InputException>(() => model.Predict(other)).Message, "'age' of 'other' holds no numbers");
    }

    [TestMethod]
    public void Fit_WeightsOfRows_CountAsRepeatedRows()
    {
        var weight = new NumericColumn("weight", new double[] { 1, 2, 1, 1, 3, 1, 1, 2 }, ColumnRoles.Weight);
        int[] repeated = [0, 1, 1, 2, 3, 4, 4, 4, 5, 6, 7, 7];
        var weighed = Rows(Bought, weight);

        // Standardized by the rows as they stand, so only categories can be compared.
        Dataset Of(Dataset data) => new(data.Name, new Table(data.Rows.Columns.Where(c => c.Name != "age")));
        var one = new LinearClassificationLearner(Half).Fit(Of(weighed), Context);
        var other = new LinearClassificationLearner(Half).Fit(Of(Rows(Bought).Select(repeated)), Context);
        AssertNear(Values(one.Predict(weighed)), Values(other.Predict(weighed)), 1e-8);
    }

    private static Dataset Rows(params Column[] others) => new("rows", new Table(
    [
        new NumericColumn("age", Ages, ColumnRoles.Feature),
        CategoricalColumn.FromValues("city", Cities, ColumnRoles.Feature),
        .. others,
    ]));

    private static double[] Predict(Model model, double[] ages, string?[] cities) => Values(model.Predict(new Dataset(
        "new", new Table([new NumericColumn("age", ages), CategoricalColumn.FromValues("city", cities)]))));

    private static double[] Values(Predictions predictions) => predictions is ClassPredictions classes
        ? classes.Probabilities
        : ((RatingPredictions)predictions).Values;

    private static void AssertNear(double[] expected, double[] found, double tolerance)
    {
        Assert.HasCount(expected.Length, found);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], found[i], tolerance, $"element {i}");
        }
    }
}
