using Evenhand.Learning.Text.Features;
using Evenhand.Learning.Text.LogisticRegression;

namespace Evenhand.Learning.Tests.Text;

[TestClass]
public sealed class NgramHasherTests
{
    [TestMethod]
    [DataRow("The dress, it fits!", 4)]
    [DataRow("don't", 1)]
    [DataRow("the girls' dress", 3)]
    [DataRow("size 10, 5 stars", 4)]
    [DataRow("连衣裙很好", 5)]
    [DataRow("好dress好", 3)]
    [DataRow("größe ÉTÉ", 2)]
    [DataRow("", 0)]
    [DataRow(" \t\n...", 0)]
    [DataRow("a\ud800b", 2)]
    public void Hash_Words_FindsEach(string text, int words) => Assert.HasCount(words, Hashes(text));

    [TestMethod]
    [DataRow("Lovely ÉTÉ", "lovely été")]
    [DataRow("don’t", "DON'T")]
    [DataRow("one--two", "one two")]
    public void Hash_CaseApostrophesAndPunctuation_MakeNoDifference(string one, string other) =>
        CollectionAssert.AreEqual(Hashes(one, 2, 2, 4), Hashes(other, 2, 2, 4));

    [TestMethod]
    public void Hash_WordNgrams_TakesEachRunOnce()
    {
        // a, b, ab, c, bc, abc, d, cd, bcd
        Assert.HasCount(9, Hashes("a b c d", 3).Distinct().ToArray());
        CollectionAssert.Contains(Hashes("x a b", 2), Hashes("a b", 2)[^1]);
        CollectionAssert.DoesNotContain(Hashes("b a", 2), Hashes("a b", 2)[^1]);
        CollectionAssert.DoesNotContain(Hashes("ab", 2), Hashes("a b", 2)[^1]);
    }

    [TestMethod]
    public void Hash_CharacterNgrams_StayWithinTheWordAndItsEnds()
    {
        // <ab> has <a, ab, b> and <ab, ab>; the words themselves come on top.
        Assert.HasCount(1 + 5, Hashes("ab", 1, 2, 3).Distinct().ToArray());
        Assert.HasCount(2 * (1 + 5), Hashes("ab cd", 1, 2, 3));
        CollectionAssert.AreNotEqual(Hashes("ab", 1, 2, 2), Hashes("ba", 1, 2, 2));
    }

    [TestMethod]
    public void Hash_CharactersOfScriptsWithoutBlanks_RunAcrossWordsUpToPunctuation()
    {
        // Between ends <很好> has <很, 很好, 好>; the two words come on top, and a comma parts runs.
        Assert.HasCount(2 + 3, Hashes("很好", 1, 2, 2));
        Assert.HasCount(4 + 3 + 3, Hashes("很好，很好", 1, 2, 2));
        CollectionAssert.IsSubsetOf(Hashes("ab", 1, 2, 2), Hashes("ab很好", 1, 2, 2));
        CollectionAssert.IsSubsetOf(Hashes("很好", 1, 2, 2), Hashes("ab很好", 1, 2, 2));
    }

    [TestMethod]
    [DataRow("ดีมาก", 4)]
    [DataRow("กี่", 1)]
    [DataRow("हिन्दी", 1)]
    public void Hash_MarksOfScriptsWithoutBlanks_BelongToTheirLetter(string text, int words) =>
        Assert.HasCount(words, Hashes(text));

    [TestMethod]
    public void Hash_Spans_AreTheCharactersOfTheNgram()
    {
        const string Text = "Ab, c 很好!";
        var ngrams = new List<Ngram>();
        new NgramHasher(2, 2, 2).Hash(Text, ngrams);
        CollectionAssert.AreEqual(
            new[]
            {
                "Ab", "A", "Ab", "b", "c", "Ab, c", "c", "c", "很", "c 很", "好", "很好", "很", "很好", "好",
            },
            ngrams.Select(n => Text[n.Span.Start..n.Span.End]).ToArray());
    }

    [TestMethod]
    public void Hash_ManyTokens_AllocatesNothingForThem()
    {
        var hasher = new NgramHasher(2, 3, 5);
        var hashes = new List<Ngram>();
        var text = string.Concat(Enumerable.Repeat("A perfectly lovely dress 连衣裙. ", 200));
        hasher.Hash(text, hashes);
        hashes.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        hasher.Hash(text, hashes);
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Count_SignedHashing_ChangesSignsOnly()
    {
        var (plain, signed) = (Counts(signed: false), Counts(signed: true));
        CollectionAssert.AreEqual(plain.Columns, signed.Columns);
        CollectionAssert.AreEqual(plain.Values, signed.Values.ConvertAll(Math.Abs));
        CollectionAssert.AreNotEqual(plain.Values, signed.Values);
        Assert.Contains(1 + MathF.Log(3), plain.Values);
    }

    private static (List<ulong> Columns, List<float> Values) Counts(bool signed)
    {
        var counter = new NgramCounter(new LogisticRegressionOptions { SignedHashing = signed, HashBits = 24 });
        var (columns, values) = (new List<ulong>(), new List<float>());
        counter.Count("one one two three four one five six seven", columns, values);
        return (columns, values);
    }

    private static ulong[] Hashes(string text, int words = 1, int shortest = 1, int longest = 0)
    {
        var ngrams = new List<Ngram>();
        new NgramHasher(words, shortest, longest).Hash(text, ngrams);
        return [.. ngrams.Select(ngram => ngram.Hash)];
    }
}
