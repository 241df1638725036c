using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;
using Evenhand.Data.Splits;
using Evenhand.TestKit.Data;

namespace Evenhand.Data.Tests.Splits;

[TestClass]
public sealed class DataSplitTests
{
    private static readonly SplitOptions Options = new();

    [TestMethod]
    public void FromParts_WithoutValidation_CarvesItFromTrain()
    {
        var train = Datasets.RandomRatings(20, 10, 900, 1);
        var split = DataSplit.FromParts(train, null, train.Select([0, 1, 2]), Options, new SeedTree(4));
        Assert.AreEqual(800, split.Train.RowCount);
        Assert.AreEqual(100, split.Validation.RowCount);
        var rows = SplitterConformance.RowsOf(split.Train).Concat(SplitterConformance.RowsOf(split.Validation)).Order();
        CollectionAssert.AreEqual(Enumerable.Range(0, 900).ToArray(), rows.ToArray());
        var again = DataSplit.FromParts(train, null, train.Select([0, 1, 2]), Options, new SeedTree(4));
        CollectionAssert.AreEqual(
            SplitterConformance.RowsOf(split.Validation), SplitterConformance.RowsOf(again.Validation));
    }

    [TestMethod]
    public void FromParts_SharedVocabularies_KeepsTheRows()
    {
        var data = Datasets.RandomRatings(20, 10, 90, 1);
        var split = DataSplit.FromParts(
            data.Select([0, 1]), data.Select([2]), data.Select([3]), Options, new SeedTree(4));
        CollectionAssert.AreEquivalent(new[] { 0, 1 }, SplitterConformance.RowsOf(split.Train));
        CollectionAssert.AreEqual(new[] { 2 }, SplitterConformance.RowsOf(split.Validation));
        CollectionAssert.AreEqual(new[] { 3 }, SplitterConformance.RowsOf(split.Test));
    }

    [TestMethod]
    public void FromParts_OwnVocabularies_MapsCodesUsersAndGroupsOntoCommonOnes()
    {
        var train = Datasets.Ratings(
            [("ann", "x", 1), ("bob", "y", 2)], ("gender", new Dictionary<string, string> { ["ann"] = "female" }));
        var validation = Datasets.Ratings(
            [("bob", "z", 3)], ("gender", new Dictionary<string, string> { ["bob"] = "male" }));
        var test = Datasets.Ratings(
            [("cid", "y", 4), ("ann", "x", 5)],
            ("gender", new Dictionary<string, string> { ["cid"] = "male", ["ann"] = "male" }));

        var split = DataSplit.FromParts(train, validation, test, Options, new SeedTree(0));

        CollectionAssert.AreEqual(new[] { "ann", "bob" }, split.Train.UserColumn!.Vocabulary.Values.ToArray());
        CollectionAssert.AreEqual(new[] { "ann", "bob", "cid" }, split.Test.UserColumn!.Vocabulary.Values.ToArray());
        CollectionAssert.AreEquivalent(new[] { 2, 0 }, split.Test.UserColumn.Codes.ToArray());
        CollectionAssert.AreEqual(new[] { "x", "y" }, split.Train.ItemColumn!.Vocabulary.Values.ToArray());
        CollectionAssert.AreEqual(new[] { 2 }, split.Validation.ItemColumn!.Codes.ToArray());

        // Ann is known from train, Bob only from validation, Cid only from the test. The tables were given, so that
        // they are known before the rows are; Cid is in no earlier part.
        var gender = split.Test.FindGroup("gender")!.Column;
        CollectionAssert.AreEqual(
            new[] { "female", "male", "male" }, Enumerable.Range(0, 3).Select(gender.Format).ToArray());
        Assert.AreEqual(2, split.Train.Users!.RowCount);
    }

    [TestMethod]
    public void FromParts_RowGroups_HaveCodesThatMeanTheSame()
    {
        var train = Datasets.Texts(("a", "yes", "f"), ("b", "no", "m"));
        var test = Datasets.Texts(("c", "no", "m"), ("d", "maybe", null));
        var split = DataSplit.FromParts(train, train, test, Options, new SeedTree(0));
        CollectionAssert.AreEquivalent(new[] { 1, Vocabulary.Missing }, split.Test.Groups[0].Column.Codes.ToArray());
        CollectionAssert.AreEqual(
            new[] { "no", "yes" }, ((CategoricalColumn)split.Train.Label!).Vocabulary.Values.ToArray());
        CollectionAssert.AreEqual(
            new[] { "no", "yes", "maybe" }, ((CategoricalColumn)split.Test.Label!).Vocabulary.Values.ToArray());
        CollectionAssert.AreEquivalent(new[] { 0, 2 }, ((CategoricalColumn)split.Test.Label!).Codes.ToArray());
    }

    [TestMethod]
    public void GroupCodes_AttributeOfAnotherPart_IsRefused()
    {
        var data = Datasets.Texts(("a", "yes", "f"), ("b", "no", "m"), ("c", "no", "f"), ("d", "yes", "m"));
        var parts = DataSplit.Of(
            data, [SplitPart.Train, SplitPart.Train, SplitPart.Validation, SplitPart.Test]);
        var message = Assert.ThrowsExactly<ArgumentException>(
            () => parts.Validation.GroupCodes(parts.Test.Groups[0])).Message;
        StringAssert.Contains(message, "'author'");
        StringAssert.Contains(message, "another part of a split");
        Assert.ThrowsExactly<ArgumentException>(
            () => GroupCrossing.Cross(parts.Validation, parts.Test.Groups[0], parts.Test.Groups[0]));
        var ratings = Datasets.RandomRatings(5, 4, 30, 1);
        var split = Splitter.Split(ratings, new SplitOptions(), new SeedTree(1));
        Assert.ThrowsExactly<ArgumentException>(
            () => split.Test.GroupCodes(split.Train.FindGroup("gender")!), "Users have codes of their own too.");
        var half = ratings.Select([0, 1, 2]);
        Assert.HasCount(3, half.GroupCodes(ratings.FindGroup("gender")!), "A selection has the users of the whole.");
    }

    [TestMethod]
    public void FromParts_ColumnMissingInTest_NamesPartAndColumn()
    {
        var train = Datasets.Ratings(("u", "i", 1), ("u", "j", 1));
        var test = train.WithRows(new Table(
            train.Rows.Columns.Select(c => c.Name == "rating" ? c.With(name: "ratings") : c)));
        var message = Assert.ThrowsExactly<InputException>(
            () => DataSplit.FromParts(train, null, test, Options, new SeedTree(0))).Message;
        StringAssert.Contains(message, "The test part ('ratings') has no column 'rating'");
        StringAssert.Contains(message, "Did you mean 'ratings'?");
    }

    [TestMethod]
    public void FromParts_ColumnOfAnotherKind_NamesBothKinds()
    {
        var train = Datasets.Ratings(("u", "i", 1), ("u", "j", 1));
        var test = train.WithRows(train.Rows.With(new TextColumn("rating", new[] { "1", "2" })));
        var message = Assert.ThrowsExactly<InputException>(
            () => DataSplit.FromParts(train, null, test, Options, new SeedTree(0))).Message;
        StringAssert.Contains(message, "is numeric in the train part and text in the test part");
    }

    [TestMethod]
    public void FromParts_EmptyPart_SaysWhich()
    {
        var train = Datasets.Ratings(("u", "i", 1), ("u", "j", 1));
        StringAssert.Contains(
            Assert.ThrowsExactly<InputException>(
                () => DataSplit.FromParts(train, train, train.Select([]), Options, new SeedTree(0))).Message,
            "The test part of 'ratings' has no rows");
    }
}
