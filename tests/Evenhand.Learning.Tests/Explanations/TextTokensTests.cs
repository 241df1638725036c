using Evenhand.Learning.Explanations;

namespace Evenhand.Learning.Tests.Explanations;

[TestClass]
public sealed class TextTokensTests
{
    [TestMethod]
    [DataRow("", "")]
    [DataRow("  \n", "")]
    [DataRow("Don't buy it!!! 5 stars", "Don't|buy|it|!!!|5|stars")]
    [DataRow("it’s 'ok'", "it’s|'|ok|'")]
    [DataRow("größe, é", "größe|,|é")]
    [DataRow("e\u0301t\u00e9", "e\u0301t\u00e9")]
    [DataRow("很好nice的", "很|好|nice|的")]
    [DataRow("good😀😀 day", "good|😀😀|day")]
    [DataRow("𠀀𠀁", "𠀀|𠀁")]
    [DataRow("ดีมาก", "ดี|ม|า|ก")]
    [DataRow("❤️ か\u3099き", "❤️|か\u3099|き")]
    [DataRow("a\ud800b", "a|\ud800|b")]
    public void Find_Text_CoversAllButBlanks(string text, string expected)
    {
        var tokens = TextTokens.Find(text);
        Assert.AreEqual(expected, string.Join('|', tokens.Select(t => text[t.Start..t.End])));
    }

    [TestMethod]
    public void Without_Tokens_KeepsWordsApart()
    {
        const string Text = "good,not bad";
        Assert.AreEqual("good not bad", TextTokens.Without(Text, TextTokens.Find(Text), token => token == 1));
        Assert.AreEqual("    ,       ", TextTokens.Without(Text, TextTokens.Find(Text), token => token != 1));
    }

    [TestMethod]
    public void Add_SpanOverTokens_GivesEachTheSame()
    {
        List<(int Start, int End)> tokens = [(0, 4), (4, 5), (6, 9)];
        var values = new double[3];
        Assert.IsTrue(TokenShares.Add(values, tokens, 3, 7, 3));
        Assert.IsTrue(TokenShares.Add(values, tokens, 0, 4, 0.5));
        Assert.IsFalse(TokenShares.Add(values, tokens, 5, 6, 9));
        Assert.IsFalse(TokenShares.Add(values, tokens, 9, 9, 9));
        CollectionAssert.AreEqual(new[] { 1.5, 1, 1 }, values);
    }
}
