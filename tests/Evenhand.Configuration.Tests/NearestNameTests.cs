namespace Evenhand.Configuration.Tests;

[TestClass]
public sealed class NearestNameTests
{
    private static readonly string[] _names = ["train", "test", "validation", "id"];

    [TestMethod]
    [DataRow("tarin", "train", DisplayName = "two letters swapped")]
    [DataRow("TRAIN", "train", DisplayName = "other case")]
    [DataRow("valdiatoin", "validation", DisplayName = "two swaps in ten letters")]
    [DataRow("ids", "id", DisplayName = "one letter in two")]
    [DataRow("colour", null, DisplayName = "far from all")]
    [DataRow("xy", null, DisplayName = "short, and all of it other")]
    public void Of_Misspelt_IsTheNearestOrNone(string name, string? expected) =>
        Assert.AreEqual(expected, NearestName.Of(name, _names));

    [TestMethod]
    public void Hint_NothingNear_ListsWhatIsValid()
    {
        Assert.AreEqual(" Did you mean 'test'?", NearestName.Hint("tset", _names));
        Assert.AreEqual(" Valid: train, test, validation, id.", NearestName.Hint("colour", _names));
        Assert.AreEqual("", NearestName.Hint("colour", []));
    }
}
