using Evenhand.TestKit;
using FsCheck.Fluent;

namespace Evenhand.Tokenization.Tests;

[TestClass]
public sealed class GptWordsTests
{
    // Python's regex 2026.5.9: findall of GPT-2's pattern.
    [TestMethod]
    [DataRow("Hello world", "Hello| world")]
    [DataRow("I'll say it's fine, they're 'quoted'", "I|'ll| say| it|'s| fine|,| they|'re| '|quoted|'")]
    [DataRow(" two  spaces   here  ", " two| | spaces|  | here|  ")]
    [DataRow("a\n\nb \n c\t\td", "a|\n|\n|b| \n| c|\t|\t|d")]
    [DataRow("don't DON'T we'd've 'tis", "don|'t| DON|'|T| we|'d|'ve| '|tis")]
    [DataRow("abc123 4.5\u00BD\u2167", "abc|123| 4|.|5\u00BD\u2167")]
    [DataRow("na\u00EFve caf\u00E9 \u4E2D\u6587 \uD55C\uAD6D!?", "na\u00EFve| caf\u00E9| \u4E2D\u6587| \uD55C\uAD6D|!?")]
    [DataRow("x\u00A0y \u3000z", "x|\u00A0|y| |\u3000|z")]
    [DataRow(" ...!'s", " ...!'|s")]
    [DataRow("\U0001D400\U0001F600 \U0001F600a e\u0301", "\U0001D400|\U0001F600| \U0001F600|a| e|\u0301")]
    [DataRow("' ", "'| ")]
    [DataRow("'lll 'r 've", "'ll|l| '|r| '|ve")]
    [DataRow(" \u2028\u2028x", " \u2028|\u2028|x")]
    public void End_Text_SplitsAsThePattern(string text, string words) =>
        CollectionAssert.AreEqual(words.Split('|'), Split(text));

    [TestMethod]
    public void End_AnyText_WordsAreTheText() => Properties.Check(
        SubwordTexts.Any, text => Assert.AreEqual(text, string.Concat(Split(text))));

    private static List<string> Split(string text)
    {
        var words = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = GptWords.End(text, start);
            words.Add(text[start..end]);
            start = end;
        }

        return words;
    }
}
