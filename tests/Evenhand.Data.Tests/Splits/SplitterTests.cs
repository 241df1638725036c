using System.Globalization;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;
using Evenhand.Data.Splits;
using Evenhand.TestKit;
using Evenhand.TestKit.Data;
using FsCheck.Fluent;

namespace Evenhand.Data.Tests.Splits;

[TestClass]
public sealed class SplitterTests
{
    private const int MostUsers = 40;

    private static readonly SplitPart[] AllParts = Enum.GetValues<SplitPart>();

    [TestMethod]
    [DataRow(SplitStrategy.Random, HoldOutOrder.Random, 1, null)]
    [DataRow(SplitStrategy.Stratified, HoldOutOrder.Random, 1, null)]
    [DataRow(SplitStrategy.LeaveKOut, HoldOutOrder.Random, 1, null)]
    [DataRow(SplitStrategy.LeaveKOut, HoldOutOrder.Latest, 2, null)]
    [DataRow(SplitStrategy.UserKFold, HoldOutOrder.Random, 2, null)]
    [DataRow(SplitStrategy.UserKFold, HoldOutOrder.Latest, 1, 0.3)]
    [DataRow(SplitStrategy.PerUser, HoldOutOrder.Random, 1, null)]
    [DataRow(SplitStrategy.PerUser, HoldOutOrder.Latest, 1, null)]
    [DataRow(SplitStrategy.Time, HoldOutOrder.Random, 1, null)]
    public void Split_AnyStrategy_PassesTheConformanceBattery(
        SplitStrategy strategy, HoldOutOrder order, int k, double? fraction) =>
        SplitterConformance.Check(new() { Strategy = strategy, Order = order, K = k, Fraction = fraction });

    [TestMethod]
    public void Split_Random_SharesExactToOneRow() => Properties.Check(
        from rows in Gen.Choose(30, 5_000)
        from train in Gen.Choose(10, 80)
        from validation in Gen.Choose(5, 15)
        select (rows, train, validation),
        c =>
        {
            var options = Shares(SplitStrategy.Random, c.train, c.validation);
            var split = Splitter.Split(Datasets.RandomRatings(10, 10, c.rows, 7), options, new SeedTree(0));
            Assert.IsLessThan(1, Math.Abs(split.Train.RowCount - (options.Train * c.rows)));
            Assert.IsLessThan(1, Math.Abs(split.Validation.RowCount - (options.Validation * c.rows)));
            Assert.IsLessThan(1, Math.Abs(split.Test.RowCount - (options.Test * c.rows)));
        });

    [TestMethod]
    public void Split_Stratified_SharesExactToOneRowInEveryCell() => SplitterConformance.CheckLaw(
        Shares(SplitStrategy.Stratified, 70, 20) with { StratifyBy = ["gender"] },
        (data, split) =>
        {
            var cells = Cells(data);
            foreach (var (cell, size) in cells)
            {
                AssertShare(0.7, size, Cells(split.Train), cell);
                AssertShare(0.2, size, Cells(split.Validation), cell);
                AssertShare(0.1, size, Cells(split.Test), cell);
            }
        });

    [TestMethod]
    public void Split_StratifiedInCellsOfFourRows_StillFillsTheSmallParts()
    {
        var rows = Enumerable.Range(0, 400).Select(i => ($"u{i / 4}", "i", 3.0)).ToArray();
        var groups = Enumerable.Range(0, 100).ToDictionary(u => $"u{u}", u => $"g{u}");
        var split = Splitter.Split(
            Datasets.Ratings(rows, ("group", groups)), new() { Strategy = SplitStrategy.Stratified }, new SeedTree(3));
        Assert.AreEqual(320, split.Train.RowCount, 3);
        Assert.AreEqual(40, split.Validation.RowCount, 3);
        Assert.AreEqual(40, split.Test.RowCount, 3);
    }

    [TestMethod]
    public void Split_StratifiedByManyValuedLabel_BinsItByCount()
    {
        var rows = Enumerable.Range(0, 1_000).Select(i => ("u", "i", (double)i)).ToArray();
        var split = Splitter.Split(
            Datasets.Ratings(rows), new() { Strategy = SplitStrategy.Stratified }, new SeedTree(3));
        var tenths = SplitterConformance.RowsOf(split.Test).GroupBy(r => r / 100).Select(g => g.Count()).ToArray();
        CollectionAssert.AreEqual(Enumerable.Repeat(10, 10).ToArray(), tenths);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(5)]
    public void Split_LeaveKOut_UsersHaveExactlyKInTestAndValidationOrNone(int k) => SplitterConformance.CheckLaw(
        new() { Strategy = SplitStrategy.LeaveKOut, K = k },
        (data, split) =>
        {
            var (all, validation, test) = (CountByUser(data), CountByUser(split.Validation), CountByUser(split.Test));
            for (var user = 0; user < all.Length; user++)
            {
                var expected = all[user] >= (2 * k) + 1 ? k : 0;
                Assert.AreEqual(expected, validation[user]);
                Assert.AreEqual(expected, test[user]);
            }
        });

    [TestMethod]
    [DataRow(SplitStrategy.LeaveKOut)]
    [DataRow(SplitStrategy.UserKFold)]
    [DataRow(SplitStrategy.PerUser)]
    public void Split_Latest_NoUserHasATrainRowAfterAHeldOutRow(SplitStrategy strategy) => SplitterConformance.CheckLaw(
        Shares(strategy, 50, 25) with { Order = HoldOutOrder.Latest, Folds = 2 },
        (_, split) =>
        {
            for (var user = 0; user < split.Train.UserColumn!.Vocabulary.Count; user++)
            {
                var (train, validation, test) =
                    (TimesOf(split.Train, user), TimesOf(split.Validation, user), TimesOf(split.Test, user));
                AssertNotAfter(train, validation);
                AssertNotAfter(train, test);
                AssertNotAfter(validation, test);
            }
        });

    [TestMethod]
    public void Split_Time_EveryPartIsWhollyLaterThanTheOneBefore() => SplitterConformance.CheckLaw(
        new() { Strategy = SplitStrategy.Time },
        (_, split) =>
        {
            Assert.IsLessThan(TimesOf(split.Validation).Min(), TimesOf(split.Train).Max());
            Assert.IsLessThan(TimesOf(split.Test).Min(), TimesOf(split.Validation).Max());
        });

    [TestMethod]
    public void Split_TimeWithoutTies_SharesExact()
    {
        var rows = Enumerable.Range(0, 100).Select(i => ("u", "i", 1.0)).ToArray();
        var split = Splitter.Split(Datasets.Ratings(rows), new() { Strategy = SplitStrategy.Time }, new SeedTree(0));
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 80).ToArray(), SplitterConformance.RowsOf(split.Train));
        CollectionAssert.AreEquivalent(Enumerable.Range(80, 10).ToArray(), SplitterConformance.RowsOf(split.Validation));
        CollectionAssert.AreEquivalent(Enumerable.Range(90, 10).ToArray(), SplitterConformance.RowsOf(split.Test));
    }

    [TestMethod]
    public void Split_PerUser_EachUsersSharesExactToOneRow() => SplitterConformance.CheckLaw(
        new() { Strategy = SplitStrategy.PerUser },
        (data, split) =>
        {
            var all = CountByUser(data);
            var parts = new[] { (split.Train, 0.8), (split.Validation, 0.1), (split.Test, 0.1) };
            foreach (var (part, share) in parts)
            {
                var counts = CountByUser(part);
                for (var user = 0; user < all.Length; user++)
                {
                    Assert.IsTrue(all[user] < 2 || Math.Abs(counts[user] - (share * all[user])) < 1);
                }
            }

            Assert.IsTrue(all.Zip(CountByUser(split.Train)).All(u => u.First == 0 || u.Second > 0));
        });

    [TestMethod]
    public void Split_UserKFold_FoldsTestEveryUserOnce()
    {
        var data = Datasets.RandomRatings(37, 20, 1_000, 5);
        var tested = new int[37];
        for (var fold = 0; fold < 5; fold++)
        {
            var options = new SplitOptions { Strategy = SplitStrategy.UserKFold, Folds = 5, Fold = fold, K = 3 };
            var split = Splitter.Split(data, options, new SeedTree(9));
            var (validation, test) = (CountByUser(split.Validation), CountByUser(split.Test));
            Assert.IsTrue(test.Count(c => c > 0) is 7 or 8);
            Assert.IsTrue(test.All(c => c is 0 or 3));
            Assert.IsTrue(validation.Zip(test).All(c => c.First == 0 || c.Second == 0), "No user validates and tests.");
            for (var user = 0; user < 37; user++)
            {
                tested[user] += test[user] > 0 ? 1 : 0;
            }
        }

        Assert.IsTrue(tested.All(t => t == 1));
    }

    [TestMethod]
    public void Split_UserKFoldByFraction_HoldsOutTheRoundedFraction()
    {
        var rows = Enumerable.Range(0, 100).Select(i => ($"u{i / 10}", "i", 1.0)).ToArray();
        var options = new SplitOptions { Strategy = SplitStrategy.UserKFold, Fraction = 0.3 };
        var split = Splitter.Split(Datasets.Ratings(rows), options, new SeedTree(9));
        Assert.IsTrue(CountByUser(split.Test).All(c => c is 0 or 3));
        Assert.AreEqual(6, split.Test.RowCount);
        Assert.AreEqual(6, split.Validation.RowCount);
    }

    [TestMethod]
    public void Split_RowsWithoutUser_StayInTrain()
    {
        var users = new CategoricalColumn(
            "user", new[] { 0, 0, 0, -1, 0, -1 }, new Vocabulary(["a"]), ColumnRoles.User);
        var parts = Splitter.Assign(
            new Dataset("d", new Table([users])), new() { Strategy = SplitStrategy.LeaveKOut }, new SeedTree(0));
        Assert.AreEqual(SplitPart.Train, parts[3]);
        Assert.AreEqual(SplitPart.Train, parts[5]);
        CollectionAssert.AreEquivalent(
            AllParts.Append(SplitPart.Train).ToArray(), parts.Where((_, i) => i is not (3 or 5)).ToArray());
    }

    [TestMethod]
    public void Split_ManyRandomSeeds_EveryRowIsTestedAtTheShare()
    {
        var data = Datasets.RandomRatings(5, 5, 50, 1);
        var tested = new int[50];
        const int Repeats = 2_000;
        for (var seed = 0; seed < Repeats; seed++)
        {
            var parts = Splitter.Assign(data, new() { Strategy = SplitStrategy.Stratified }, new SeedTree(seed));
            for (var row = 0; row < parts.Length; row++)
            {
                tested[row] += parts[row] == SplitPart.Test ? 1 : 0;
            }
        }

        // Binomial(2000, 0.1): mean 200, standard deviation 13.4; five of them either way.
        Assert.IsTrue(tested.All(t => t is > 133 and < 267), string.Join(' ', tested));
    }

    private static SplitOptions Shares(SplitStrategy strategy, int train, int validation) => new()
    {
        Strategy = strategy,
        Train = train / 100.0,
        Validation = validation / 100.0,
        Test = (100 - train - validation) / 100.0,
    };

    private static Dictionary<(string, double), int> Cells(Dataset data)
    {
        var gender = data.FindGroup("gender")!;
        var genders = Array.ConvertAll(data.GroupCodes(gender), code => gender.Groups[code]);
        var labels = ((NumericColumn)data.Label!).Values.ToArray();
        return genders.Zip(labels).CountBy(c => (c.First, c.Second)).ToDictionary();
    }

    private static void AssertShare(
        double share, int size, Dictionary<(string, double), int> part, (string, double) cell) =>
        Assert.IsLessThan(1, Math.Abs(part.GetValueOrDefault(cell) - (share * size)));

    private static void AssertNotAfter(double[] earlier, double[] later) =>
        Assert.IsTrue(earlier.Length == 0 || later.Length == 0 || earlier.Max() <= later.Min());

    // By the number in the user's name: a part has codes only for the users that it and earlier parts name.
    private static int[] CountByUser(Dataset data)
    {
        var counts = new int[MostUsers];
        foreach (var user in data.UserColumn!.Codes)
        {
            counts[int.Parse(data.UserColumn.Vocabulary[user][1..], CultureInfo.InvariantCulture)]++;
        }

        return counts;
    }

    private static double[] TimesOf(Dataset data) => data.Time!.Values.ToArray();

    private static double[] TimesOf(Dataset data, int user) =>
        [.. TimesOf(data).Where((_, row) => data.UserColumn!.Codes[row] == user)];
}
