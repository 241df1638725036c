using Evenhand.TestKit;

namespace Evenhand.Data.Tests;

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
    public void FromParts_SharedVocabularies_KeepsThePartsAsTheyAre()
    {
        var data = Datasets.RandomRatings(20, 10, 90, 1);
        var (train, validation, test) = (data.Select([0, 1]), data.Select([2]), data.Select([3]));
        var split = DataSplit.FromParts(train, validation, test, Options, new SeedTree(4));
        Assert.AreSame(train, split.Train);
        Assert.AreSame(validation, split.Validation);
        Assert.AreSame(test, split.Test);
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

        CollectionAssert.AreEqual(new[] { "ann", "bob", "cid" }, split.Test.UserColumn!.Vocabulary.Values.ToArray());
        CollectionAssert.AreEqual(new[] { 2, 0 }, split.Test.UserColumn.Codes.ToArray());
        CollectionAssert.AreEqual(new[] { "x", "y", "z" }, split.Train.ItemColumn!.Vocabulary.Values.ToArray());
        CollectionAssert.AreEqual(new[] { 2 }, split.Validation.ItemColumn!.Codes.ToArray());
        Assert.AreSame(split.Train.UserColumn!.Vocabulary, split.Test.UserColumn.Vocabulary);
        Assert.AreSame(split.Train.Users, split.Test.Users);

        // Ann is known from train, Bob only from validation, Cid only from the test.
        var gender = split.Train.FindGroup("gender")!.Column;
        CollectionAssert.AreEqual(
            new[] { "female", "male", "male" }, Enumerable.Range(0, 3).Select(gender.Format).ToArray());
    }

    [TestMethod]
    public void FromParts_RowGroups_ShareTheirVocabulary()
    {
        var train = Datasets.Texts(("a", "yes", "f"), ("b", "no", "m"));
        var test = Datasets.Texts(("c", "no", "m"), ("d", "maybe", null));
        var split = DataSplit.FromParts(train, train, test, Options, new SeedTree(0));
        CollectionAssert.AreEqual(new[] { 1, Vocabulary.Missing }, split.Test.Groups[0].Column.Codes.ToArray());
        CollectionAssert.AreEqual(
            new[] { "yes", "no", "maybe" }, ((CategoricalColumn)split.Train.Label!).Vocabulary.Values.ToArray());
        CollectionAssert.AreEqual(new[] { 1, 2 }, ((CategoricalColumn)split.Test.Label!).Codes.ToArray());
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
