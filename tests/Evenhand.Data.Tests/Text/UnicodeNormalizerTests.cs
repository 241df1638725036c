using Evenhand.Data.Text;

namespace Evenhand.Data.Tests.Text;

[TestClass]
public sealed class UnicodeNormalizerTests
{
    // Python 3.11's unicodedata.normalize("NFKC", ...), Unicode 14.0.
    [TestMethod]
    [DataRow("e\u0301", "\u00e9")]
    [DataRow("\ufb01ne", "fine")]
    [DataRow("\uff21\uff22\uff11", "AB1")]
    [DataRow("\uff76\uff9e", "\u30ac")]
    [DataRow("\u30ab\u3099", "\u30ac")]
    [DataRow("\u2460", "1")]
    [DataRow("\u1e9b\u0323", "\u1e69")]
    [DataRow("\uac01", "\uac01")]
    [DataRow("\u1100\u1161\u11a8", "\uac01")]
    [DataRow("a\u0315\u0300\u05ae\u0301b", "\u00e0\u05ae\u0301\u0315b")]
    [DataRow("\u0958", "\u0915\u093c")]
    [DataRow("\u00a0", " ")]
    [DataRow("\u00bd", "1\u20442")]
    [DataRow("\U0001d400", "A")]
    [DataRow("\u0344", "\u0308\u0301")]
    [DataRow("q\u0307\u0323", "q\u0323\u0307")]
    [DataRow("\u1e0b\u0323", "\u1e0d\u0307")]
    [DataRow("\u3231", "(\u682a)")]
    [DataRow("a\u0300\u0300", "\u00e0\u0300")]
    [DataRow("\U0002f800", "\u4e3d")]
    [DataRow("\ufdfa", "\u0635\u0644\u0649 \u0627\u0644\u0644\u0647 \u0639\u0644\u064a\u0647 \u0648\u0633\u0644\u0645")]
    [DataRow("plain 中文", "plain 中文")]
    public void Normalize_Text_EqualsPython(string text, string expected)
    {
        Assert.AreEqual(expected, Normalized(text, keepDiacritics: true));
        Assert.AreEqual(expected, Normalized(expected, keepDiacritics: true));
    }

    [TestMethod]
    [DataRow("Éclair naïve Ångström", "Eclair naive Angstrom")]
    [DataRow("ガ हिन्दी", "ガ हिन्दी")]
    public void Normalize_WithoutDiacritics_TakesThemFromLettersWithCaseOnly(string text, string expected) =>
        Assert.AreEqual(expected, Normalized(text, keepDiacritics: false));

    [TestMethod]
    public void Normalize_Sources_AreTheCharactersOfTheText()
    {
        var buffer = new TextBuffer();
        new UnicodeNormalizer(true).Normalize("xe\u0301\ufb01", [], buffer);
        Assert.AreEqual("x\u00e9fi", buffer.Characters.ToString());
        CollectionAssert.AreEqual(
            new TextSpan[] { new(0, 1), new(1, 3), new(3, 4), new(3, 4) }, buffer.Sources.ToArray());
    }

    [TestMethod]
    public void Normalize_HalfOfACharacter_IsTheReplacementCharacter() =>
        Assert.AreEqual("a\ufffdb", Normalized("a\ud800b", keepDiacritics: true));

    [TestMethod]
    public void IsNormal_TextsThatChange_AreNot()
    {
        Assert.IsTrue(UnicodeNormalizer.IsNormal("plain"));
        Assert.IsTrue(UnicodeNormalizer.IsNormal("连衣裙很好"));
        Assert.IsFalse(UnicodeNormalizer.IsNormal("很好\uff0c"));
        Assert.IsFalse(UnicodeNormalizer.IsNormal("e\u0301"));
    }

    private static string Normalized(string text, bool keepDiacritics)
    {
        var buffer = new TextBuffer();
        new UnicodeNormalizer(keepDiacritics).Normalize(text, [], buffer);
        return buffer.Characters.ToString();
    }
}
