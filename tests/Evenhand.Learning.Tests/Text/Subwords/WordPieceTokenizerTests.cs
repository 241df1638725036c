using Evenhand.Data;
using Evenhand.TestKit;

namespace Evenhand.Learning.Tests;

[TestClass]
public sealed class WordPieceTokenizerTests
{
    // The vocabulary of WordpieceTokenizerTest and FullTokenizerTest in tokenization_test.py of google-research/bert, and the
    // tokens around texts.
    private static readonly string[] BertVocabulary =
    [
        "[UNK]", "[CLS]", "[SEP]", "want", "##want", "##ed", "wa", "un", "runn", "##ing", ",", "low", "lowest", "##aff",
        "##able",
    ];

    // FullTokenizerTest of google-research/bert.
    [TestMethod]
    public void Tokenize_PublishedExample_GivesPublishedPieces() =>
        AssertPieces(Load(BertVocabulary), "UNwant\u00E9d,running", "un ##want ##ed , runn ##ing");

    // WordpieceTokenizerTest of google-research/bert.
    [TestMethod]
    [DataRow("", "")]
    [DataRow("unwanted running", "un ##want ##ed runn ##ing")]
    [DataRow("unwantedX running", "[UNK] runn ##ing")]
    [DataRow("unaffable", "un ##aff ##able")]
    public void Tokenize_PublishedWords_GivesPublishedPieces(string text, string pieces) =>
        AssertPieces(Load(BertVocabulary), text, pieces);

    private static void AssertPieces(SubwordTokenizer tokenizer, string? text, string pieces) => Assert.AreEqual(
        pieces, string.Join(' ', tokenizer.Tokenize(text).Select(t => tokenizer.TokenOf(t.Id))));

    private static WordPieceTokenizer Load(IEnumerable<string> vocabulary)
    {
        using var folder = new TokenizerFiles();
        folder.Write("vocab.txt", string.Join('\n', vocabulary));
        return (WordPieceTokenizer)SubwordTokenizer.Load(folder.Path);
    }
}
