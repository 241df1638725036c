using System.Text.Json;

namespace Evenhand.Configuration.Tests;

[TestClass]
public sealed class JsonPlaceTests
{
    private static JsonPlace Parse(string text) => new("f.json", "", JsonSerializer.Deserialize<JsonElement>(text));

    [TestMethod]
    public void Items_OfNestedValues_KnowTheirPaths()
    {
        var place = Parse("""{ "a": { "b": [1, true] } }""").Get("a").Get("b").Items().Last();
        Assert.AreEqual("a.b[1]", place.Path);
        Assert.IsTrue(place.Flag());
    }

    [TestMethod]
    public void Get_MissingOrNull_NamesThePath()
    {
        var place = Parse("""{ "a": { "b": null } }""").Get("a");
        var error = Assert.ThrowsExactly<InputException>(() => place.Get("b"));
        Assert.AreEqual("f.json: 'a.b' is missing.", error.Message);
        Assert.IsNull(place.Find("b"));
    }

    [TestMethod]
    [DataRow("-1")]
    [DataRow("1.5")]
    [DataRow("11")]
    [DataRow("\"1\"")]
    public void Whole_OtherThanExpected_IsShown(string written)
    {
        var place = Parse($$"""{ "a": {{written}} }""").Get("a");
        var error = Assert.ThrowsExactly<InputException>(() => place.Whole(10));
        Assert.AreEqual($"f.json: 'a' is {written}; expected a whole number from 0 to 10.", error.Message);
    }

    [TestMethod]
    public void Text_HalfOfASurrogatePair_IsRefused()
    {
        var place = Parse("""{ "a": "\ud83d" }""").Get("a");
        Assert.Contains("expected valid Unicode", Assert.ThrowsExactly<InputException>(() => place.Text()).Message);
    }
}
