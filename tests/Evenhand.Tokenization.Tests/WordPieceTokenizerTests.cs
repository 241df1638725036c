using Evenhand.TestKit;
using FsCheck.Fluent;

namespace Evenhand.Tokenization.Tests;

[TestClass]
public sealed class WordPieceTokenizerTests
{
    // The vocabulary of WordpieceTokenizerTest in tokenization_test.py of google-research/bert, and others.
    private static readonly string[] BertVocabulary =
    [
        "[UNK]", "[CLS]", "[SEP]", "want", "##want", "##ed", "wa", "un", "runn", "##ing", ",", "low", "lowest", "##aff",
        "##able",
    ];

    // FullTokenizerTest of google-research/bert.
    [TestMethod]
    public void Tokenize_PublishedSentence_GivesPublishedPieces() =>
        AssertPieces(Load(BertVocabulary), "UNwant\u00E9d,running", "un ##want ##ed , runn ##ing");

    // WordpieceTokenizerTest of google-research/bert, and the example of its documentation.
    [TestMethod]
    [DataRow(null, "")]
    [DataRow("", "")]
    [DataRow("unwanted running", "un ##want ##ed runn ##ing")]
    [DataRow("unwantedX running", "[UNK] runn ##ing")]
    [DataRow("unaffable", "un ##aff ##able")]
    public void Tokenize_PublishedWords_GivesPublishedPieces(string? text, string pieces) =>
        AssertPieces(Load(BertVocabulary), text, pieces);

    // BasicTokenizerTest of google-research/bert: test_chinese, test_basic_tokenizer_lower.
    [TestMethod]
    [DataRow("ah\u535A\u63A8zz", "ah \u535A \u63A8 zz")]
    [DataRow(" \tHeLLo!how  \n Are yoU?  ", "hello ! how are you ?")]
    [DataRow("H\u00E9llo", "hello")]
    [DataRow("a\u200Dh\0", "ah")]
    [DataRow("ah\u00A0ah\u3000ah", "ah ah ah")]
    public void Tokenize_BasicText_GivesPublishedWords(string text, string words) => AssertPieces(
        Load("[UNK]", "[CLS]", "[SEP]", "ah", "\u535A", "\u63A8", "zz", "hello", "!", "how", "are", "you", "?"), text, words);

    // BasicTokenizerTest of google-research/bert: test_basic_tokenizer_no_lower.
    [TestMethod]
    public void Tokenize_CasedVocabulary_KeepsCapitalsAndAccents()
    {
        using var files = new TokenizerFiles();
        files.Write("vocab.txt", "[UNK]\n[CLS]\n[SEP]\nHeLLo\n!\nhow\nAre\nyoU\n?\nH\u00E9llo\nhello");
        files.Write("tokenizer_config.json", """{"do_lower_case": false}""");
        AssertPieces(
            SubwordTokenizer.Load(files.Path), " \tHeLLo!how  \n Are yoU? H\u00E9llo", "HeLLo ! how Are yoU ? H\u00E9llo");
    }

    // python 3.11: "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn").lower()
    [TestMethod]
    [DataRow("\u00C5ngstr\u00F6m\u00C7", "angstromc")]
    [DataRow("Vi\u1EC7t", "viet")]
    [DataRow("\u0130\u0131", "i\u0131")]
    [DataRow("\uD55C\uAD6D\uAC00", "\u1112\u1161\u11AB\u1100\u116E\u11A8\u1100\u1161")]
    [DataRow("\uF900", "\u8C48")]
    [DataRow("\u1FBE\u212B\u0439", "\u03B9a\u0438")]
    [DataRow("\U0001109A", "\U00011099")]
    [DataRow("\u09CB", "\u09C7\u09BE")]
    [DataRow("\u03A3\u03AC\u03C2", "\u03C3\u03B1\u03C2")]
    public void Tokenize_Accents_AreTakenOff(string text, string word) =>
        AssertPieces(Load("[UNK]", "[CLS]", "[SEP]", word), text, word);

    [TestMethod]
    public void Tokenize_CapitalWithDotAndAccentsKept_IsTwoCharacters()
    {
        using var files = new TokenizerFiles();
        files.Write("vocab.txt", "[UNK]\n[CLS]\n[SEP]\ni\u0307x");
        files.Write("tokenizer_config.json", """{"strip_accents": false}""");
        AssertPieces(SubwordTokenizer.Load(files.Path), "\u0130X", "i\u0307x");
    }

    [TestMethod]
    public void Tokenize_LongWord_IsUnknown()
    {
        var tokenizer = Load("[UNK]", "[CLS]", "[SEP]", "\U00020BB7", "a", "##a");
        Assert.HasCount(100, tokenizer.Tokenize(new string('a', 100)));
        AssertPieces(tokenizer, new string('a', 101), "[UNK]");
        AssertPieces(tokenizer, "\U00020BB7\U00020BB7", "\U00020BB7 \U00020BB7");
    }

    [TestMethod]
    public void Encode_Text_KnowsWhereTokensStand()
    {
        var tokenizer = Load(BertVocabulary);
        var expected = (SubwordToken[])
        [
            new(1, 0, 0, 0, SubwordToken.Added), new(7, 1, 3), new(4, 3, 7), new(5, 8, 10), new(10, 10, 11), new(0, 12, 15),
            new(2, 0, 0, 0, SubwordToken.Added),
        ];
        CollectionAssert.AreEqual(expected, tokenizer.Encode(" UNwant\u0301ed, \u00E9\u0301x\u0301"[..15]));
    }

    [TestMethod]
    public void EncodePair_TwoTexts_HasSegmentsAndTexts()
    {
        var tokenizer = Load(BertVocabulary);
        var tokens = tokenizer.EncodePair("low", "wanted ,");
        CollectionAssert.AreEqual(
            new[] { 1, 11, 2, 3, 5, 10, 2 }, Array.ConvertAll(tokens, t => t.Id));
        CollectionAssert.AreEqual(
            new[] { 0, 0, 0, 1, 1, 1, 1 }, Array.ConvertAll(tokens, t => t.Segment));
        CollectionAssert.AreEqual(
            new[] { -1, 0, -1, 1, 1, 1, -1 }, Array.ConvertAll(tokens, t => t.Text));
    }

    // Worked by hand; truncate_encodings of Hugging Face's tokenizers with longest_first.
    [TestMethod]
    [DataRow(2, 5, 6, 2, 4)]
    [DataRow(5, 2, 6, 4, 2)]
    [DataRow(5, 5, 7, 3, 4)]
    [DataRow(6, 5, 7, 4, 3)]
    [DataRow(5, 5, 0, 0, 0)]
    [DataRow(3, 3, 6, 3, 3)]
    [DataRow(9, 0, 4, 4, 0)]
    public void Truncate_TwoTexts_CutsTheLonger(int first, int second, int room, int keptOfFirst, int keptOfSecond) =>
        Assert.AreEqual((keptOfFirst, keptOfSecond), SequenceTemplate.Truncate(first, second, room));

    [TestMethod]
    public void Encode_MaximumLength_KeepsTokensAround()
    {
        var tokenizer = Load(BertVocabulary);
        CollectionAssert.AreEqual(
            new[] { 1, 11, 11, 2 }, Array.ConvertAll(tokenizer.Encode("low low low", 4), t => t.Id));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => tokenizer.Encode("low", 1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => tokenizer.EncodePair("low", "low", 2));
    }

    [TestMethod]
    public void Encode_SpecialTokenInText_IsThatToken()
    {
        var tokenizer = Load(BertVocabulary);
        CollectionAssert.AreEqual(
            new SubwordToken[] { new(11, 0, 3), new(2, 3, 8), new(11, 9, 12) }, tokenizer.Tokenize("low[SEP] low"));
    }

    // The decoder of Hugging Face's tokenizers with cleanup, by hand.
    [TestMethod]
    public void Decode_Tokens_JoinsPiecesAndPunctuation()
    {
        var tokenizer = Load("[UNK]", "[CLS]", "[SEP]", "un", "##able", "!", "low", "-");
        Assert.AreEqual("unable low! - low", tokenizer.Decode([1, 3, 4, 6, 5, 7, 6, 2]));
        Assert.AreEqual("[CLS] low", tokenizer.Decode([1, 6], skipSpecialTokens: false));
    }

    [TestMethod]
    public void Tokenize_RandomVocabularies_EqualsLongestMatchFirst() => Properties.Check(
        SubwordTexts.Words.SelectMany(v => SubwordTexts.Words, (v, w) => (Vocabulary: v, Words: w)),
        given =>
        {
            string[] vocabulary =
            [
                .. (string[])["[UNK]", "[CLS]", "[SEP]"],
                .. given.Vocabulary.Select((t, i) => i % 2 == 0 ? t : "##" + t).Distinct(),
            ];
            AssertPieces(
                Load(vocabulary),
                string.Join(' ', given.Words),
                string.Join(' ', given.Words.SelectMany(w => LongestMatchFirst(w, vocabulary))));
        });

    [TestMethod]
    public void Tokenize_AnyText_RangesAscendAndCoverWords() => Properties.Check(SubwordTexts.Any, text =>
    {
        var covered = new bool[text.Length];
        var last = 0;
        foreach (var token in Load("[UNK]", "[CLS]", "[SEP]", "a", "##b", "ab").Tokenize(text))
        {
            Assert.IsTrue(last <= token.Start && token.Start < token.End && token.End <= text.Length);
            Array.Fill(covered, true, token.Start, token.End - token.Start);
            last = token.End;
        }

        for (var i = 0; i < text.Length; i++)
        {
            Assert.IsTrue(covered[i] || !char.IsAsciiLetterOrDigit(text[i]));
        }
    });

    [TestMethod]
    public void EncodeAll_ManyThreads_EqualsOneByOne()
    {
        var tokenizer = Load(BertVocabulary);
        string?[] texts = [.. Enumerable.Range(0, 500).Select(i => i % 7 == 0 ? null : $"unwanted low {new string('e', i)}d")];
        var encoded = tokenizer.EncodeAll(texts, 8, threads: 3);
        var pairs = tokenizer.EncodeAllPairs(texts, texts.Reverse().ToArray(), 8, threads: 3);
        for (var i = 0; i < texts.Length; i++)
        {
            CollectionAssert.AreEqual(tokenizer.Encode(texts[i], 8), encoded[i]);
            CollectionAssert.AreEqual(tokenizer.EncodePair(texts[i], texts[^(i + 1)], 8), pairs[i]);
        }
    }

    [TestMethod]
    public void EncodeAll_Cancelled_Stops() => Assert.Throws<OperationCanceledException>(() =>
        Load(BertVocabulary).EncodeAll(new string?[10], cancellationToken: new CancellationToken(true)));

    internal static void AssertPieces(SubwordTokenizer tokenizer, string? text, string pieces) => Assert.AreEqual(
        pieces, string.Join(' ', tokenizer.Tokenize(text).Select(t => tokenizer.TokenOf(t.Id))));

    // WordpieceTokenizer of google-research/bert, as its documentation describes it.
    private static List<string> LongestMatchFirst(string word, string[] vocabulary)
    {
        var pieces = new List<string>();
        for (var start = 0; start < word.Length;)
        {
            var end = word.Length;
            string Piece() => (start > 0 ? "##" : "") + word[start..end];
            while (end > start && !vocabulary.Contains(Piece()))
            {
                end--;
            }

            if (end == start)
            {
                return ["[UNK]"];
            }

            pieces.Add(Piece());
            start = end;
        }

        return pieces;
    }

    private static WordPieceTokenizer Load(params IEnumerable<string> vocabulary)
    {
        using var files = new TokenizerFiles();
        files.Write("vocab.txt", string.Join('\n', vocabulary));
        return (WordPieceTokenizer)SubwordTokenizer.Load(files.Path);
    }
}
