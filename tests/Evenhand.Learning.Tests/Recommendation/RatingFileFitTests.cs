using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Ratings;
using Evenhand.Learning.Recommendation.MatrixFactorization;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class RatingFileFitTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(2) };

    private string _folder = "";

    private string Ratings => Path.Combine(_folder, "some.ratings");

    private string WorkFolder => Path.Combine(_folder, "work");

    [TestInitialize]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("evenhand-").FullName;
        Directory.CreateDirectory(WorkFolder);
    }

    [TestCleanup]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    // Enough ratings for many blocks; more users than items, and fewer; codes without ratings.
    [TestMethod]
    [DataRow(300, 200, 25_000, true, 1)]
    [DataRow(150, 400, 30_000, false, 2)]
    [DataRow(4_000, 3_000, 60_000, true, 2)]
    [DataRow(5, 4, 12, true, 1)]
    public void Fit_File_GivesTheModelOfTheSameRatingsInMemory(
        int users, int items, int count, bool biases, int threads)
    {
        var data = LearningSamples.Ratings(users, items, count, new SeedTree(4));
        RatingFile.Write(Ratings, data);
        var learner = new MatrixFactorizationLearner(new MatrixFactorizationOptions
        {
            ApproximationRank = 40,
            NumberOfIterations = 3,
            Biases = biases,
        });
        using var file = RatingFile.Open(Ratings);
        var expected = ((RatingPredictions)learner.Fit(data, Context).Predict(data)).Values;
        var model = learner.Fit(file, WorkFolder, Context with { Threads = threads });
        CollectionAssert.AreEqual(expected, ((RatingPredictions)model.Predict(data)).Values);
        Assert.IsEmpty(Directory.GetFileSystemEntries(WorkFolder));
    }

    [TestMethod]
    public void Fit_CancelledAtAnyPass_LeavesNoFile()
    {
        RatingFile.Write(Ratings, LearningSamples.Ratings(30, 20, 400, new SeedTree(5)));
        var learner = new MatrixFactorizationLearner(new MatrixFactorizationOptions());
        using var file = RatingFile.Open(Ratings);
        Assert.ThrowsExactly<OperationCanceledException>(() => learner.Fit(
            file, WorkFolder, Context with { CancellationToken = new CancellationToken(true) }));
        using var amid = new CancellationTokenSource();
        Assert.ThrowsExactly<OperationCanceledException>(() => learner.Fit(
            file,
            WorkFolder,
            Context with { CancellationToken = amid.Token, Progress = _ => amid.Cancel() }));
        Assert.IsEmpty(Directory.GetFileSystemEntries(WorkFolder));
    }

    [TestMethod]
    public void Fit_ThatCannotBe_SaysWhy()
    {
        RatingFile.Write(Ratings, LearningSamples.Ratings(30, 20, 400, new SeedTree(5)));
        using var file = RatingFile.Open(Ratings);
        var oneClass = new MatrixFactorizationLearner(
            new MatrixFactorizationOptions { LossFunction = MatrixFactorizationLoss.SquareLossOneClass });
        Assert.Contains("lossFunction", Refusal(() => oneClass.Fit(file, WorkFolder, Context)));
        var learner = new MatrixFactorizationLearner(new MatrixFactorizationOptions());
        Assert.Contains("cannot be sorted", Refusal(() => learner.Fit(file, Path.Combine(_folder, "none"), Context)));
    }

    [TestMethod]
    public void Fit_DamagedOrEmptyFile_IsRefused()
    {
        var learner = new MatrixFactorizationLearner(new MatrixFactorizationOptions());
        RatingFile.Write(Ratings, LearningSamples.Ratings(30, 20, 400, new SeedTree(5)));
        var bytes = File.ReadAllBytes(Ratings);
        bytes[64 + (12 * 7) + 8] ^= 1;
        File.WriteAllBytes(Ratings, bytes);
        using (var damaged = RatingFile.Open(Ratings))
        {
            Assert.Contains("checksum", Refusal(() => learner.Fit(damaged, WorkFolder, Context)));
        }

        RatingFile.Write(Ratings, LearningSamples.Names("u", 1), LearningSamples.Names("i", 1), _ => { });
        using var empty = RatingFile.Open(Ratings);
        Assert.Contains("Nothing to learn from", Refusal(() => learner.Fit(empty, WorkFolder, Context)));
        Assert.IsEmpty(Directory.GetFileSystemEntries(WorkFolder));
    }

    private static string Refusal(Action act) => Assert.ThrowsExactly<InputException>(act).Message;
}
