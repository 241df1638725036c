using Evenhand.Configuration;
using Evenhand.Data.Identity;
using Evenhand.Data.Identity.Lexicons;

namespace Evenhand.Data.Tests.Identity;

[TestClass]
public sealed class LexiconFileTests
{
    private const string Religion = """
        title: Religion
        groups:
          muslim: [mosque, hijab]
          christian: [church]
        swaps:
          - { muslim: Muslim, christian: Christian }
        """;

    [TestMethod]
    public void Parse_OwnLexicon_Swaps()
    {
        var lexicon = LexiconFile.Parse("religion.yaml", Religion);
        Assert.AreEqual("muslim,christian", string.Join(',', lexicon.Groups));
        Assert.AreEqual("A Christian near the mosque", lexicon.Swap("A Muslim near the mosque", 0, 1));
    }

    [TestMethod]
    [DataRow("church]", "church, Mosque]", "my.yaml(4,23): groups.christian.1: term 'Mosque' belongs to 'muslim' already")]
    [DataRow("church]", "church, Church]", "my.yaml(4,23): groups.christian.1: term 'Church' is there twice")]
    [DataRow("church]", "church, '--']", "my.yaml(4,23): groups.christian.1: a term holds letters")]
    [DataRow(", christian: Christian }", " }", "my.yaml(6,5): swaps.0: a swap needs terms of two groups or more")]
    [DataRow("christian: Christian", "christan: Christian", "unknown key 'christan'. Did you mean 'christian'?")]
    [DataRow("  muslim: [m", "  a+b: [m", "my.yaml(3,3): a group has a name without '+', found 'a+b'")]
    [DataRow("title: Religion", "exceptions: [church]", "'church' is a term of 'christian' and cannot be an exception")]
    [DataRow("title: Religion", "caseSensitive: [Polish]", "my.yaml(1,17): caseSensitive.0: 'Polish' is no term of any group")]
    [DataRow("title: Religion", "articles: [a]", "my.yaml(1,11): articles: articles are two")]
    [DataRow("title: Religion", "swap: []", "my.yaml(1,1): unknown key 'swap'. Did you mean 'swaps'?")]
    [DataRow("church]", "church, {}]", "my.yaml(4,23): groups.christian.1: expected text, found a mapping")]
    public void Parse_Mistake_IsNamedWithItsPlace(string sound, string mistaken, string message)
    {
        var text = Religion.Replace(sound, mistaken, StringComparison.Ordinal);
        var error = Assert.ThrowsExactly<InputException>(() => LexiconFile.Parse("my.yaml", text));
        Assert.Contains(message, error.Message);
    }

    [TestMethod]
    public void Parse_EmptyFile_SaysThatGroupsAreRequired() => Assert.Contains(
        "key 'groups' is required",
        Assert.ThrowsExactly<InputException>(() => LexiconFile.Parse("my.yaml", "{}")).Message);

    [TestMethod]
    public void Get_UnknownNameOrLanguage_SaysWhatThereIs()
    {
        Assert.Contains(
            "Did you mean 'gender'?", Assert.ThrowsExactly<InputException>(() => LexiconFile.Get("gendre")).Message);
        Assert.Contains(
            "Valid: en, zh.", Assert.ThrowsExactly<InputException>(() => LexiconFile.Get("gender", "fr")).Message);
    }

    [TestMethod]
    public void Read_FileThatIsNotThere_SaysSo() => Assert.Contains(
        "there is no such lexicon",
        Assert.ThrowsExactly<InputException>(() => LexiconFile.Read("/nowhere/terms.yaml")).Message);
}
