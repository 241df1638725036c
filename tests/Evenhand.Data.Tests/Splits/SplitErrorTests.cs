using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;
using Evenhand.Data.Splits;
using Evenhand.TestKit.Data;

namespace Evenhand.Data.Tests.Splits;

[TestClass]
public sealed class SplitErrorTests
{
    [TestMethod]
    public void Split_SharesOffOne_NamesTheSum()
    {
        var message = Refuse(new() { Train = 0.8, Validation = 0.1, Test = 0.2 });
        StringAssert.Contains(message, "add up to 1.1");
    }

    [TestMethod]
    [DataRow(0.0, 0.5, 0.5, "split.train")]
    [DataRow(0.9, -0.1, 0.2, "split.validation")]
    [DataRow(0.5, 0.5, double.NaN, "split.test")]
    public void Split_ShareOutOfRange_NamesTheKey(double train, double validation, double test, string key) =>
        StringAssert.Contains(Refuse(new() { Train = train, Validation = validation, Test = test }), key);

    [TestMethod]
    public void Split_SeveralProblems_AllAreTold()
    {
        var message = Refuse(new() { Strategy = SplitStrategy.UserKFold, K = 0, Folds = 3, Fold = 3 });
        StringAssert.Contains(message, "split.k");
        StringAssert.Contains(message, "split.fold: 3 is not one of 3 folds; they count from 0 to 2.");
    }

    [TestMethod]
    public void Check_FilesWithoutPaths_NamesBothKeys()
    {
        var options = new SplitOptions { Strategy = SplitStrategy.Files };
        var message = Assert.ThrowsExactly<InputException>(options.Check).Message;
        StringAssert.Contains(message, "split.trainFile");
        StringAssert.Contains(message, "split.testFile");
    }

    [TestMethod]
    public void Split_Files_IsAProgrammingError() => Assert.ThrowsExactly<ArgumentException>(() => Splitter.Split(
        Datasets.RandomRatings(5, 5, 50, 0),
        new() { Strategy = SplitStrategy.Files, TrainFile = "a.csv", TestFile = "b.csv" },
        new SeedTree(0)));

    [TestMethod]
    public void Split_UnknownStratum_SuggestsTheNearest() => StringAssert.Contains(
        Refuse(new() { Strategy = SplitStrategy.Stratified, StratifyBy = ["gendre"] }), "Did you mean 'gender'?");

    [TestMethod]
    public void Split_UsersTooSmallForK_SaysHowManyRowsAreNeeded()
    {
        var message = Refuse(new() { Strategy = SplitStrategy.LeaveKOut, K = 30 });
        StringAssert.Contains(message, "leaves no row for the validation part");
        StringAssert.Contains(message, "A user needs 61 rows where k is 30.");
    }

    [TestMethod]
    [DataRow(SplitStrategy.LeaveKOut)]
    [DataRow(SplitStrategy.UserKFold)]
    [DataRow(SplitStrategy.PerUser)]
    public void Split_ByUserWithoutUserColumn_SaysSo(SplitStrategy strategy) => StringAssert.Contains(
        Refuse(new() { Strategy = strategy }, Datasets.Texts(("a", "x", null))), "needs a column with the user role");

    [TestMethod]
    public void Split_TimeWithoutTimeColumn_SaysSo() => StringAssert.Contains(
        Refuse(new() { Strategy = SplitStrategy.Time }, Datasets.Texts(("a", "x", null))),
        "needs a column with the time role");

    [TestMethod]
    public void Split_TimeMissingInARow_CountsThem()
    {
        var time = new NumericColumn("time", new[] { 1, double.NaN, 3 }, ColumnRoles.Time);
        StringAssert.Contains(
            Refuse(new() { Strategy = SplitStrategy.Time }, new Dataset("d", new Table([time]))),
            "1 rows of 'd' have none");
    }

    [TestMethod]
    public void Split_OneMomentOnly_SaysWhyPartsAreEmpty()
    {
        var time = new NumericColumn("time", new double[50], ColumnRoles.Time);
        StringAssert.Contains(
            Refuse(new() { Strategy = SplitStrategy.Time }, new Dataset("d", new Table([time]))),
            "too few moments differ");
    }

    [TestMethod]
    public void Split_StratifiedWithoutGroupAndLabel_SaysSo()
    {
        var time = new NumericColumn("time", new double[50], ColumnRoles.Time);
        StringAssert.Contains(
            Refuse(new() { Strategy = SplitStrategy.Stratified }, new Dataset("d", new Table([time]))),
            "needs a group or a label");
    }

    private static string Refuse(SplitOptions options, Dataset? data = null) => Assert.ThrowsExactly<InputException>(
        () => Splitter.Split(data ?? Datasets.RandomRatings(20, 10, 200, 0), options, new SeedTree(0))).Message;
}
