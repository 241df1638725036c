using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning.Linear;
using Evenhand.Learning.Mitigations;
using Evenhand.Learning.Mitigations.Post.GroupCalibration;
using Evenhand.Learning.Mitigations.Post.Xquad;
using Evenhand.Learning.Recommendation.FactorizationMachine;
using Evenhand.Learning.Recommendation.MatrixFactorization;
using Evenhand.Learning.Text.LogisticRegression;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests;

/// <summary>What the battery of every learner does not see of the reports of fits.</summary>
[TestClass]
public sealed class FitReportTests
{
    private static readonly Dataset Ratings = LearningSamples.WithGroups(
        LearningSamples.Ratings(30, 40, 900, new SeedTree(5)));

    [TestMethod]
    public void Fit_GradientDescent_TrainLossFalls()
    {
        var losses = new List<double>();
        Fit(Factors(10), Ratings, report => losses.Add(report.TrainLoss));
        Assert.HasCount(10, losses);
        Assert.IsTrue(losses.TrueForAll(double.IsFinite));
        Assert.IsLessThan(losses[0], losses[^1]);
    }

    [TestMethod]
    public void Fit_SolversOfRegression_TrainLossFallsToTheSame()
    {
        var data = LearningSamples.Texts(300, new SeedTree(1));
        var ends = new List<double>();
        foreach (var solver in (LogisticRegressionSolver[])[
            LogisticRegressionSolver.TruncatedNewton, LogisticRegressionSolver.Lbfgs])
        {
            var losses = new List<double>();
            var options = new LogisticRegressionOptions
            {
                HashBits = 10,
                Solver = solver,
                OptimizationTolerance = 1e-8,
            };
            Fit(new LogisticRegressionLearner(options), data, report => losses.Add(report.TrainLoss));
            Assert.IsTrue(losses.Zip(losses.Skip(1)).All(pair => pair.Second <= pair.First));
            ends.Add(losses[^1]);
        }

        Assert.AreEqual(ends[0], ends[1], 1e-6);
    }

    [TestMethod]
    public void Fit_WithPostMitigation_ReportsMitigatedModels()
    {
        foreach (var post in (PostMitigation[])[
            new Xquad(new XquadOptions { ItemGroup = "genre" }),
            new GroupCalibration(new GroupCalibrationOptions { Group = "gender", Damping = 5 })])
        {
            var snapshots = new List<Model>();
            var learner = new MitigatedLearner(Factors(3), null, null, post);
            var model = Fit(learner, Ratings, report => snapshots.Add(report.Snapshot()));
            Assert.HasCount(3, snapshots);
            Assert.IsTrue(snapshots.TrueForAll(snapshot => snapshot.GetType() == model.GetType()));
            CollectionAssert.AreEqual(
                ((RatingPredictions)model.Predict(Ratings)).Values,
                ((RatingPredictions)snapshots[^1].Predict(Ratings)).Values);
        }
    }

    [TestMethod]
    public void Fit_GibbsSampling_ReportsTheMeanOfTheDrawsSoFar()
    {
        var options = new FactorizationMachineOptions
        {
            Solver = FactorizationMachineSolver.MarkovChainMonteCarlo,
            ApproximationRank = 4,
            NumberOfIterations = 16,
            NumberOfSamples = 6,
        };
        var errors = new List<double>();
        double[] last = [];
        var model = Fit(new FactorizationMachineLearner(options), Ratings, report =>
        {
            last = ((RatingPredictions)report.Snapshot().Predict(Ratings)).Values;
            Assert.IsTrue(Array.TrueForAll(last, double.IsFinite));
            errors.Add(report.TrainLoss);
        });
        Assert.HasCount(16, errors);
        var values = ((RatingPredictions)model.Predict(Ratings)).Values;
        for (var row = 0; row < values.Length; row++)
        {
            Assert.AreEqual(values[row], last[row], 1e-6);
        }
    }

    [TestMethod]
    public void Fit_OneProblemForEachLabel_ReportsNothing()
    {
        var data = LearningSamples.LabelSets(200, new SeedTree(2));
        Fit(new LogisticRegressionLearner(new LogisticRegressionOptions { HashBits = 10 }), data, _ => Assert.Fail());
    }

    private static MatrixFactorizationLearner Factors(int iterations) =>
        new(new MatrixFactorizationOptions { ApproximationRank = 4, NumberOfIterations = iterations });

    private static Model Fit(Learner learner, Dataset data, Action<FitReport> listen) =>
        learner.Fit(data, new FitContext
        {
            Seeds = new SeedTree(7),
            Listener = report =>
            {
                listen(report);
                return true;
            },
        });
}
