using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Text.Features;
using Evenhand.Learning.Text.NaiveBayes;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Text;

/// <summary>Against scikit-learn 1.2.1 (MultinomialNB, ComplementNB, BernoulliNB with alpha 0.5 and sample_weight 1, 2,
/// 1, 0.5, 1, 1), fitted on six rows of counts of classes 0, 0, 1, 1, 2, 2 and asked for three more.</summary>
[TestClass]
public sealed class NaiveBayesTests
{
    private static readonly string[] Terms = ["a", "b", "c", "d"];

    private static readonly int[][] TrainCounts =
        [[2, 1, 0, 0], [1, 0, 1, 0], [0, 2, 1, 0], [0, 0, 3, 1], [1, 1, 0, 2], [0, 1, 0, 3]];

    private static readonly int[][] TestCounts = [[1, 1, 0, 0], [0, 0, 2, 1], [0, 0, 0, 0]];

    private static readonly NaiveBayesOptions Counts = new()
    {
        Alpha = 0.5,
        WordNgrams = 1,
        SublinearTermFrequency = false,
        InverseDocumentFrequency = InverseDocumentFrequency.None,
        Norm = NormFunction.None,
        VocabularySize = 100,
    };

    [TestMethod]
    public void Predict_MultinomialOfThreeClasses_EqualsScikitLearn() => AssertClasses(
        Counts,
        [
            0.6882022472, 0.1053370787, 0.2064606742, 0.2339528915, 0.7160186222, 0.0500284863, 0.4615384615,
            0.2307692308, 0.3076923077,
        ]);

    [TestMethod]
    public void Predict_UniformPrior_EqualsScikitLearn() => AssertClasses(
        Counts with { FitPrior = false },
        [
            0.5694363742, 0.1743172574, 0.2562463684, 0.1343759191, 0.822521661, 0.0431024198, 0.3333333333,
            0.3333333333, 0.3333333333,
        ]);

    [TestMethod]
    public void Predict_Complement_EqualsScikitLearn() => AssertClasses(
        Counts with { Variant = NaiveBayesVariant.Complement },
        [
            0.5483289024, 0.2469616407, 0.2047094569, 0.1982970966, 0.4534614741, 0.3482414292, 0.3333333333,
            0.3333333333, 0.3333333333,
        ]);

    [TestMethod]
    public void Predict_ComplementOfNormalizedWeights_EqualsScikitLearn() => AssertClasses(
        Counts with { Variant = NaiveBayesVariant.Complement, NormalizeWeights = true },
        [
            0.3655414336, 0.3272893895, 0.3071691769, 0.30583404, 0.3650017099, 0.3291642501, 0.3333333333,
            0.3333333333, 0.3333333333,
        ]);

    [TestMethod]
    public void Predict_BernoulliWhateverTheWeighting_EqualsScikitLearn()
    {
        double[] expected =
        [
            0.7016529034, 0.046921964, 0.2514251327, 0.0938719849, 0.7874552836, 0.1186727315, 0.4878090972,
            0.3653606513, 0.1468302515,
        ];
        AssertClasses(Counts with { Variant = NaiveBayesVariant.Bernoulli }, expected);
        var weighted = new NaiveBayesOptions { Variant = NaiveBayesVariant.Bernoulli, Alpha = 0.5, WordNgrams = 1 };
        AssertClasses(weighted, expected);
    }

    [TestMethod]
    [DataRow(NaiveBayesVariant.Multinomial, 0.7042253521, 0.1867567083, 0.4615384615)]
    [DataRow(NaiveBayesVariant.Complement, 0.7352941176, 0.2113057002, 0.5)]
    [DataRow(NaiveBayesVariant.Bernoulli, 0.6577883234, 0.1064903092, 0.4447231072)]
    public void Predict_TwoClassesOrLabels_EqualsScikitLearn(
        NaiveBayesVariant variant, double first, double second, double third)
    {
        var options = Counts with { Variant = variant };
        var two = new NumericColumn("y", new double[] { 1, 1, 0, 0, 0, 0 }, ColumnRoles.Label);
        AssertEqual([first, second, third], ((ClassPredictions)Predict(options, two)).Probabilities);

        // A label by itself is the same problem.
        string[][] sets = [["x"], ["x"], ["z"], ["z"], ["z"], ["z"]];
        var labels = CategorySetColumn.FromValues("y", sets, ColumnRoles.Label);
        var predicted = ((MultiLabelPredictions)Predict(options, labels)).Probabilities;
        AssertEqual([first, 1 - first, second, 1 - second, third, 1 - third], predicted);
    }

    [TestMethod]
    public void Fit_SignedHashing_SaysWhy()
    {
        var learner = new NaiveBayesLearner(new NaiveBayesOptions { SignedHashing = true });
        var context = new FitContext { Seeds = new SeedTree(0) };
        Assert.Contains(
            "counts are positive",
            Assert.ThrowsExactly<InputException>(
                () => learner.Fit(LearningSamples.Texts(["a", "b"], [1, 0]), context)).Message);
    }

    private static void AssertClasses(NaiveBayesOptions options, double[] expected) => AssertEqual(
        expected,
        ((MulticlassPredictions)Predict(options, CategoricalColumn.FromValues(
            "y", ["0", "0", "1", "1", "2", "2"], ColumnRoles.Label))).Probabilities);

    private static void AssertEqual(double[] expected, double[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], 1e-9);
        }
    }

    private static Predictions Predict(NaiveBayesOptions options, Column label)
    {
        var train = new Dataset("counts", new Table(
        [
            Texts(TrainCounts), label, new NumericColumn("weight", new[] { 1, 2, 1, 0.5, 1, 1 }, ColumnRoles.Weight),
        ]));
        var model = new NaiveBayesLearner(options).Fit(train, new FitContext { Seeds = new SeedTree(0) });
        return model.Predict(new Dataset("more", new Table([Texts(TestCounts)])));
    }

    private static TextColumn Texts(int[][] counts) => new(
        "text",
        counts.Select(row => (string?)string.Join(' ', row.SelectMany(
            (count, term) => Enumerable.Repeat(Terms[term], count)))).ToArray(),
        ColumnRoles.Text);
}
