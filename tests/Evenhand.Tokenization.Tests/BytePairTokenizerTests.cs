using System.Text;
using Evenhand.TestKit;
using Evenhand.Tokenization.Training;
using FsCheck.Fluent;

namespace Evenhand.Tokenization.Tests;

[TestClass]
public sealed class BytePairTokenizerTests
{
    private static readonly BytePairTokenizer Trained = new BytePairTrainer(new BytePairTrainingOptions())
        .Train(["abba cab abba cab", "ab's ab's", " \u4E2D\u6587 \u4E2D\u6587", "a  b  a  b", "\u00E9 \u00E9"]);

    // bytes_to_unicode of openai/gpt-2, by its rule: 33-126, 161-172, 174-255 stand for themselves; others from 256 up.
    [TestMethod]
    public void Spell_Bytes_GivesPublishedLetters() => Assert.AreEqual(
        "\u0120!~\u0100\u0121\u0122\u0142\u00A1\u0143\u00AE\u00FF\u010A",
        ByteAlphabet.Spell([32, 33, 126, 0, 127, 128, 160, 161, 173, 174, 255, 10]));

    // Merges worked by hand: "lowest" is l o w e s t -> lo w es t -> low es t -> low est.
    [TestMethod]
    public void Tokenize_MergesOfOpenAiFiles_AreTakenInTheirOrder()
    {
        using var files = new TokenizerFiles();
        files.Write("vocab.json", Vocabulary("l", "o", "w", "e", "s", "t", "\u0120", "lo", "low", "es", "est", "\u0120low", "we"));
        files.Write("merges.txt", "#version: 0.2\nl o\nlo w\ne s\nes t\n\u0120 low\nw e\n");
        var tokenizer = SubwordTokenizer.Load(files.Path);
        WordPieceTokenizerTests.AssertPieces(tokenizer, "lowest low we", "low est \u0120low \u0120 we");
        CollectionAssert.AreEqual(
            new SubwordToken[] { new(8, 0, 3), new(10, 3, 6), new(11, 6, 10) }, tokenizer.Tokenize("lowest low"));

        // Bytes that the vocabulary lacks are left out where there is no unknown token, as Hugging Face does.
        WordPieceTokenizerTests.AssertPieces(tokenizer, "l!o", "l o");
        Assert.IsNull(tokenizer.ClassId);
        Assert.HasCount(2, tokenizer.Encode("lowest"));
    }

    [TestMethod]
    public void Encode_RobertaTokens_StandAsPublished()
    {
        // Liu et al. 2019: <s> A </s></s> B </s>, one segment; the mask takes in the blank before it.
        var tokens = Trained.EncodePair("a", "b <mask>");
        CollectionAssert.AreEqual(
            new[] { "<s>", "a", "</s>", "</s>", "b", "<mask>", "</s>" },
            tokens.Select(t => Trained.TokenOf(t.Id)).ToArray());
        Assert.IsTrue(tokens.All(t => t.Segment == 0));
        Assert.AreEqual(new SubwordToken(Trained.MaskId!.Value, 1, 8, 0, 1), tokens[5]);
        Assert.AreEqual((0, 1, 2, 3, 4), (
            Trained.ClassId, Trained.PadId, Trained.SeparatorId, Trained.UnknownId, Trained.MaskId));
    }

    [TestMethod]
    public void Tokenize_BytesOfOneCharacter_HaveItsRange()
    {
        var tokens = new BytePairTrainer(new BytePairTrainingOptions { VocabularySize = 1 }).Train([]).Tokenize("x\U0001F600");
        CollectionAssert.AreEqual(
            new[] { (0, 1), (1, 3), (1, 3), (1, 3), (1, 3) }, Array.ConvertAll(tokens, t => (t.Start, t.End)));
    }

    [TestMethod]
    public void Tokenize_PrefixSpace_MakesTheFirstWordLikeOthers()
    {
        var tokenizer = new BytePairTrainer(new BytePairTrainingOptions { AddPrefixSpace = true }).Train(["ab ab", "ab"]);
        var tokens = tokenizer.Tokenize("ab ab");
        CollectionAssert.AreEqual(new[] { (0, 2), (3, 5) }, Array.ConvertAll(tokens, t => (t.Start, t.End)));
        Assert.AreEqual(tokens[0].Id, tokens[1].Id);
        Assert.AreEqual("\u0120ab", tokenizer.TokenOf(tokens[0].Id));
    }

    [TestMethod]
    public void Decode_EncodedText_IsTheText() => Properties.Check(SubwordTexts.WellFormed, text => Assert.AreEqual(
        text, Trained.Decode(Array.ConvertAll(Trained.Tokenize(text), t => t.Id), skipSpecialTokens: false)));

    [TestMethod]
    public void Decode_LoneSurrogates_AreReplacementCharacters() => Properties.Check(SubwordTexts.Any, text => Assert.AreEqual(
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)),
        Trained.Decode(Array.ConvertAll(Trained.Tokenize(text), t => t.Id), skipSpecialTokens: false)));

    [TestMethod]
    public void Tokenize_AnyText_RangesCoverAllButBlanks() => Properties.Check(SubwordTexts.Any, text =>
    {
        var covered = new bool[text.Length];
        foreach (var token in Trained.Tokenize(text))
        {
            Array.Fill(covered, true, token.Start, token.End - token.Start);
        }

        for (var i = 0; i < text.Length; i++)
        {
            Assert.IsTrue(covered[i] || text[i] == ' ');
        }
    });

    [TestMethod]
    public void Tokenize_RandomTexts_EqualsNaiveMerging() => Properties.Check(SubwordTexts.Words, words =>
    {
        var tokenizer = new BytePairTrainer(new BytePairTrainingOptions { VocabularySize = 275 }).Train(words[..(words.Length / 2)]);
        var ranks = tokenizer.Merges.Pairs.Index().ToDictionary(m => (m.Item.Left, m.Item.Right), m => (m.Index, m.Item.Id));
        foreach (var word in words)
        {
            CollectionAssert.AreEqual(
                Naive(word), Array.ConvertAll(tokenizer.Tokenize(word), t => t.Id));
        }

        List<int> Naive(string word)
        {
            List<int> ids = [.. word.Select(c => tokenizer.IdOf(c.ToString())!.Value)];
            while (true)
            {
                var best = Enumerable.Range(1, Math.Max(0, ids.Count - 1))
                    .Where(i => ranks.ContainsKey((ids[i - 1], ids[i])))
                    .OrderBy(i => ranks[(ids[i - 1], ids[i])].Index)
                    .ThenBy(i => i).FirstOrDefault();
                if (best == 0)
                {
                    return ids;
                }

                ids[best - 1] = ranks[(ids[best - 1], ids[best])].Id;
                ids.RemoveAt(best);
            }
        }
    });

    [TestMethod]
    public void Tokenize_LongWord_EndsSoon()
    {
        var text = new string('a', 200_000) + new string('b', 200_000);
        Assert.AreEqual(text, Trained.Decode(Array.ConvertAll(Trained.Tokenize(text), t => t.Id)));
    }

    internal static string Vocabulary(params string[] tokens) =>
        "{" + string.Join(", ", tokens.Select((t, i) => $"\"{t}\": {i}")) + "}";
}
