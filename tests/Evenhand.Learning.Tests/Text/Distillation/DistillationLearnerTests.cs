using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Text.Distillation;
using Evenhand.Learning.Text.LogisticRegression;
using Evenhand.Learning.Text.NaiveBayes;
using Evenhand.TestKit;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Text.Distillation;

[TestClass]
public sealed class DistillationLearnerTests
{
    private static readonly SeedTree Seeds = new(11);
    private static readonly FitContext Context = new() { Seeds = Seeds.Fork("fit") };

    // The teacher's word alone.
    private static readonly DistillationOptions Soft = new() { SoftShare = 1, MinimumShare = 0 };

    private static readonly Learner Student = new NaiveBayesLearner(new NaiveBayesOptions { HashBits = 12 });

    [TestMethod]
    public void Fit_TeacherThatIsAlwaysRight_EqualsTheStudentAlone()
    {
        foreach (var data in (Dataset[])
            [
                LearningSamples.Texts(200, Seeds), LearningSamples.Classes(200, Seeds), LearningSamples.LabelSets(200, Seeds),
            ])
        {
            var distilled = new DistillationLearner(Soft, new Teaching((_, rows) => Labels(rows)), Student);
            var plain = Values(Student.Fit(data, Context).Predict(data));
            CollectionAssert.AreEqual(plain, Values(distilled.Fit(data, Context).Predict(data)));
        }
    }

    [TestMethod]
    public void Fit_TextsThatReadTheSame_PredictsTheMeanOfTheTeachersProbabilities()
    {
        var student = new LogisticRegressionLearner(
            new LogisticRegressionOptions { L2Regularization = 1e-6, OptimizationTolerance = 1e-9 });
        var teacher = Teaching.OfTexts(new() { ["a"] = 0.9, ["a!"] = 0.4, ["b"] = 0.3 });
        var data = LearningSamples.Texts(["a", "a!", "b"], [0, 1, 1]);

        // Cross entropy with soft targets is least at their mean.
        var probabilities = Values(new DistillationLearner(Soft, teacher, student).Fit(data, Context).Predict(data));
        Assert.AreEqual(0.65, probabilities[0], 1e-3);
        Assert.AreEqual(0.65, probabilities[1], 1e-3);
        Assert.AreEqual(0.3, probabilities[2], 1e-3);

        // Half of it from the labels 0, 1 and 1.
        var mixed = new DistillationLearner(Soft with { SoftShare = 0.5 }, teacher, student);
        probabilities = Values(mixed.Fit(data, Context).Predict(data));
        Assert.AreEqual((0.65 + 0.5) / 2, probabilities[0], 1e-3);
        Assert.AreEqual((0.3 + 1) / 2, probabilities[2], 1e-3);
    }

    [TestMethod]
    public void Fit_NoisyLabels_TeacherThatSeesThroughMakesTheStudentMoreAccurate()
    {
        OverSeeds.AssertPositive(seeds =>
        {
            var clean = Sentences(600, noise: 0, seeds);
            var noisy = Sentences(600, noise: 0.4, seeds);
            var truth = Enumerable.Range(0, clean.RowCount).ToDictionary(
                row => clean.Text!.Values[row]!, row => ((NumericColumn)clean.Label!).Values[row] == 1 ? 0.95 : 0.05);
            var distilled = new DistillationLearner(Soft, Teaching.OfTexts(truth), Student).Fit(noisy, Context);
            return Accuracy(distilled, clean) - Accuracy(Student.Fit(noisy, Context), clean) - 0.05;
        });
    }

    [TestMethod]
    public void Fit_SeveralFolds_NoTeacherTellsRowsThatItWasFittedOn()
    {
        var data = Sentences(103, noise: 0);
        var (fits, told) = (0, 0);
        var teacher = new Teaching((train, rows) =>
        {
            var known = train.Text!.Values.ToArray().ToHashSet();
            Assert.IsFalse(rows.Text!.Values.ToArray().Any(known.Contains));
            Assert.AreEqual(data.RowCount, train.RowCount + rows.RowCount);
            fits++;
            told += rows.RowCount;
            return Labels(rows);
        });
        new DistillationLearner(Soft with { NumberOfFolds = 5 }, teacher, Student).Fit(data, Context);
        Assert.AreEqual(5, fits);
        Assert.AreEqual(data.RowCount, told);
    }

    [TestMethod]
    public void Fit_RowsWithoutLabels_TeachTheStudentToo()
    {
        var data = LearningSamples.Texts(["good", "bad", "nice", "poor"], [1, 0, double.NaN, double.NaN]);
        var teacher = Teaching.OfTexts(new() { ["good"] = 1, ["bad"] = 0, ["nice"] = 1, ["poor"] = 0 });
        foreach (var folds in (int[])[1, 2])
        {
            var model = new DistillationLearner(new() { NumberOfFolds = folds }, teacher, Student).Fit(data, Context);
            var probabilities = Values(model.Predict(data));
            Assert.IsGreaterThan(0.6, probabilities[2]);
            Assert.IsLessThan(0.4, probabilities[3]);
        }
    }

    [TestMethod]
    public void Create_OneMember_NamesBothRoles() => Assert.Contains(
        "teacher and student",
        Assert.ThrowsExactly<ArgumentException>(
            () => TestRegistry.Shared.Get<LearnerDescriptor>("distilled").Create(new DistillationOptions(), [Student])).Message);

    // Texts that differ from each other, of which one word in five tells the class; the label is wrong now and then.
    private static Dataset Sentences(int rows, double noise, SeedTree? seeds = null)
    {
        seeds ??= Seeds;
        var random = seeds.Fork("sentences").CreateRandom();
        var wrong = seeds.Fork("noise").CreateRandom();
        var (texts, labels) = (new string?[rows], new double[rows]);
        for (var row = 0; row < rows; row++)
        {
            labels[row] = random.Next(2);
            var sign = $"{(labels[row] == 1 ? "good" : "bad")}{random.Next(20)}";
            texts[row] = $"n{row} w{random.Next(50)} {sign} w{random.Next(50)} w{random.Next(50)}";
            labels[row] = wrong.NextDouble() < noise ? 1 - labels[row] : labels[row];
        }

        return LearningSamples.Texts(texts, labels);
    }

    private static double Accuracy(Model model, Dataset data) => ((ClassPredictions)model.Predict(data)).Decisions
        .Zip(((NumericColumn)data.Label!).Values.ToArray()).Average(row => row.First == row.Second ? 1.0 : 0.0);

    private static double[] Values(Predictions predictions) => predictions switch
    {
        ClassPredictions classes => classes.Probabilities,
        MulticlassPredictions classes => classes.Probabilities,
        _ => ((MultiLabelPredictions)predictions).Probabilities,
    };

    // The labels of the rows, as probabilities.
    private static Predictions Labels(Dataset rows) => rows.Label switch
    {
        CategoricalColumn classes => new MulticlassPredictions(classes.Vocabulary, [.. Enumerable.Range(0, rows.RowCount)
            .SelectMany(row => classes.Vocabulary.Values.Select((_, code) => classes.Codes[row] == code ? 1.0 : 0))]),
        CategorySetColumn sets => new MultiLabelPredictions(sets.Vocabulary, [.. Enumerable.Range(0, rows.RowCount)
            .SelectMany(row => sets.Vocabulary.Values.Select((_, code) => sets.Codes(row).Contains(code) ? 1.0 : 0))]),
        _ => new ClassPredictions(((NumericColumn)rows.Label!).Values.ToArray()),
    };

    // A teacher that answers as it is told to, from its training rows and those that it is asked about.
    private sealed class Teaching(Func<Dataset, Dataset, Predictions> predict)
        : Learner<NaiveBayesOptions>(new NaiveBayesOptions())
    {
        public static Teaching OfTexts(Dictionary<string, double> probabilities) => new(
            (_, rows) => new ClassPredictions(Array.ConvertAll(rows.Text!.Values.ToArray(), text => probabilities[text!])));

        protected override Model FitCore(Dataset train, FitContext context) => new Taught(train, predict);
    }

    private sealed class Taught(Dataset train, Func<Dataset, Dataset, Predictions> predict) : Model
    {
        public override string LearnerName => "taught";

        public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
            predict(train, data);

        public override void Write(ModelWriter writer) => throw new NotSupportedException();
    }
}
