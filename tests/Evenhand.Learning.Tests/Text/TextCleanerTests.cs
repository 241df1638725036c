using Evenhand.Data.Text;
using Evenhand.Learning.Text.Features;

namespace Evenhand.Learning.Tests.Text;

[TestClass]
public sealed class TextCleanerTests
{
    [TestMethod]
    [DataRow("<p>Good</p><br/>fit", " Good  fit")]
    [DataRow("I <3 it, a < b > c", "I <3 it, a < b > c")]
    [DataRow("<!-- no -->Tom &amp; Ann&#39;s &eacute;t&eacute; &nothing; A&B; <unclosed",
        " Tom & Ann's été &nothing; A&B; <unclosed")]
    public void Clean_Markup_LeavesText(string text, string expected) =>
        Assert.AreEqual(expected, Cleaned(text, new TextCleaner(false, true, true)));

    [TestMethod]
    [DataRow("see https://example.com/a?b=1, or www.example.org.", "see \uE000, or \uE000.")]
    [DataRow("(mail me@example.com) @home a@b", "(mail \uE000) @home a@b")]
    public void Clean_Addresses_AreOneWord(string text, string expected) =>
        Assert.AreEqual(expected, Cleaned(text, new TextCleaner(true, false, true)));

    [TestMethod]
    [DataRow("size 10, 1,200.50 dollars. 5.", "size \uE001, \uE001 dollars. \uE001.")]
    [DataRow("10am b52 买了3件", "10am b52 买了\uE001件")]
    public void Clean_Numbers_AreOneWord(string text, string expected) =>
        Assert.AreEqual(expected, Cleaned(text, new TextCleaner(true, true, false)));

    [TestMethod]
    public void MayChange_NothingToClean_SaysSo()
    {
        Assert.IsFalse(new TextCleaner(true, true, true).MayChange("<p>1</p> www.example.com"));
        Assert.IsFalse(new TextCleaner(false, false, false).MayChange("plain text"));
        Assert.IsTrue(new TextCleaner(true, false, true).MayChange("at WWW.example"));
    }

    private static string Cleaned(string text, TextCleaner cleaner)
    {
        var buffer = new TextBuffer();
        cleaner.Clean(text, buffer);
        return buffer.Characters.ToString();
    }
}
