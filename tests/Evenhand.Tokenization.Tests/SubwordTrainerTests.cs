using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.TestKit;
using Evenhand.Tokenization.Training;
using FsCheck.Fluent;

namespace Evenhand.Tokenization.Tests;

[TestClass]
public sealed class SubwordTrainerTests
{
    private static readonly string[] NoWords = [];

    // The example of Sennrich, Haddow, Birch 2016 (low 5, lower 2, newest 6, widest 3), without its end-of-word mark,
    // by hand: es 9, est 9, lo 7, low 7, ew 6, new 6, newest 6, dest 3, idest 3, widest 3, er 2, lower 2. Of equals the
    // smaller ids first.
    [TestMethod]
    public void Train_ExampleOfThePaper_MergesAsWorkedByHand()
    {
        var texts = Repeat(("low", 5), ("lower", 2), ("newest", 6), ("widest", 3));
        var tokenizer = new BytePairTrainer(new BytePairTrainingOptions()).Train(texts);
        CollectionAssert.AreEqual(
            new[]
            {
                "e s", "es t", "l o", "lo w", "e w", "n ew", "new est", "d est", "i dest", "w idest", "e r", "low er",
            },
            tokenizer.Merges.Pairs.Select(m => $"{tokenizer.TokenOf(m.Left)} {tokenizer.TokenOf(m.Right)}").ToArray());
    }

    // hug 10, pug 5, pun 12, bun 4, hugs 5, by hand. ##g ##s has 5 / (20 * 5), the best; then all pairs with ##u have 1
    // / 36 and b ##u the smallest ids; bu ##n 4 / (4 * 16); h ##u ties at 1 / 32 with the smallest ids; hu ##gs 5 / (15
    // * 5).
    [TestMethod]
    public void Train_Likelihood_MergesAsWorkedByHand()
    {
        var texts = Repeat(("hug", 10), ("pug", 5), ("pun", 12), ("bun", 4), ("hugs", 5));
        var options = new WordPieceTrainingOptions { Score = MergeScore.Likelihood, VocabularySize = 5 + 7 + 4 + 5 };
        var tokenizer = new WordPieceTrainer(options).Train(texts);
        Assert.AreEqual(
            "[PAD] [UNK] [CLS] [SEP] [MASK] b g h n p s u ##g ##n ##s ##u ##gs bu bun hu hugs",
            string.Join(' ', Enumerable.Range(0, tokenizer.VocabularySize).Select(tokenizer.TokenOf)));
    }

    [TestMethod]
    [DataRow(MergeScore.Frequency)]
    [DataRow(MergeScore.Likelihood)]
    public void Train_RandomWords_EqualsCountingAllPairsAtEachStep(MergeScore score) =>
        Properties.Check(SubwordTexts.Words, words =>
        {
            var options = new WordPieceTrainingOptions { VocabularySize = 25, MinimumFrequency = 2, Score = score };
            var tokenizer = new WordPieceTrainer(options).Train(words);
            var naive = Naive(words, score, options.VocabularySize);
            CollectionAssert.AreEqual(
                naive, Enumerable.Range(5, tokenizer.VocabularySize - 5).Select(tokenizer.TokenOf).ToArray());
        });

    [TestMethod]
    public void Train_OtherOrderAndThreads_GivesTheSameFiles()
    {
        var random = new SeedTree(7).CreateRandom();
        string?[] texts =
        [
            .. Enumerable.Range(0, 2000).Select(_ => string.Concat(
                Enumerable.Range(0, 12).Select(_ => "abcd \u00E9\u4E2D".AsSpan().Slice(random.Next(7), 1).ToString()))),
            null,
        ];
        string?[] reversed = [.. texts.Reverse()];
        var pieces = new WordPieceTrainer(new WordPieceTrainingOptions { VocabularySize = 300 });
        var bytes = new BytePairTrainer(new BytePairTrainingOptions { VocabularySize = 500 });
        Assert.AreEqual(Files(pieces.Train(texts)), Files(pieces.Train(reversed, threads: 3)));
        Assert.AreEqual(Files(bytes.Train(texts)), Files(bytes.Train(reversed, threads: 3)));
    }

    [TestMethod]
    public void Train_NoTexts_SpellsWhatItCan()
    {
        var pieces = new WordPieceTrainer(new WordPieceTrainingOptions()).Train([null, ""]);
        Assert.AreEqual(pieces.UnknownId, pieces.Tokenize("word").Single().Id);
        var bytes = new BytePairTrainer(new BytePairTrainingOptions()).Train([]);
        Assert.AreEqual("word", bytes.Decode(Array.ConvertAll(bytes.Tokenize("word"), t => t.Id)));
    }

    [TestMethod]
    public void Train_AlphabetLimit_LeavesRareCharactersUnknown()
    {
        var options = new WordPieceTrainingOptions { AlphabetLimit = 2 };
        var tokenizer = new WordPieceTrainer(options).Train(["ab ab ab", "ac"]);
        WordPieceTokenizerTests.AssertPieces(tokenizer, "ab ac", "ab [UNK]");
    }

    [TestMethod]
    public void Train_OwnSpecialTokens_AreFoundInTexts()
    {
        var tokenizer = new WordPieceTrainer(new WordPieceTrainingOptions(), ["[NAME]"]).Train(["x [NAME] x", "[name]"]);
        Assert.AreEqual(5, tokenizer.IdOf("[NAME]"));
        Assert.AreEqual("[NAME]", tokenizer.TokenOf(tokenizer.Tokenize("a [NAME]")[1].Id));
    }

    [TestMethod]
    public void Train_BadSettings_NamesThem() => Assert.Contains(
        "vocabularySize is 0",
        Assert.ThrowsExactly<InputException>(() =>
            new BytePairTrainer(new BytePairTrainingOptions { VocabularySize = 0 }).Train(NoWords)).Message);

    [TestMethod]
    public void Train_Cancelled_Stops()
    {
        var token = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() =>
            new WordPieceTrainer(new WordPieceTrainingOptions()).Train(["a b"], cancellationToken: token));
    }

    [TestMethod]
    public void Train_Merges_AreReported()
    {
        var last = default(WorkProgress);
        new BytePairTrainer(new BytePairTrainingOptions { VocabularySize = 263 }).Train(
            ["abab abab"], progress: p => last = p);
        Assert.AreEqual(new WorkProgress(2, 2, "merges"), last);
    }

    private static IEnumerable<string> Repeat(params (string Word, int Count)[] words) =>
        words.SelectMany(w => Enumerable.Repeat(w.Word, w.Count));

    private static string Files(SubwordTokenizer tokenizer)
    {
        using var files = new TokenizerFiles();
        tokenizer.Save(files.Path);
        return files.Read("tokenizer.json");
    }

    // Counts everything anew before each merge.
    private static List<string> Naive(string[] words, MergeScore score, int size)
    {
        var split = words.Select(w => w.Select((c, i) => i == 0 ? $"{c}" : $"##{c}").ToList()).ToList();
        List<string> tokens =
        [
            .. words.SelectMany(w => w).Distinct().Order().Select(c => c.ToString()),
            .. words.SelectMany(w => w.Skip(1)).Distinct().Order().Select(c => $"##{c}"),
        ];
        while (tokens.Count + 5 < size)
        {
            var frequencies = split.SelectMany(w => w).CountBy(t => t).ToDictionary();
            var best = split.SelectMany(w => w.Zip(w.Skip(1))).CountBy(p => p)
                .Where(p => p.Value >= 2)
                .OrderByDescending(p => score == MergeScore.Frequency
                    ? p.Value
                    : p.Value / ((double)frequencies[p.Key.First] * frequencies[p.Key.Second]))
                .ThenBy(p => tokens.IndexOf(p.Key.First)).ThenBy(p => tokens.IndexOf(p.Key.Second))
                .Select(p => p.Key).FirstOrDefault();
            if (best.First is null)
            {
                break;
            }

            var merged = best.First + best.Second[2..];
            if (!tokens.Contains(merged))
            {
                tokens.Add(merged);
            }

            foreach (var word in split)
            {
                for (var i = 0; i + 1 < word.Count; i++)
                {
                    if ((word[i], word[i + 1]) == best)
                    {
                        word[i] = merged;
                        word.RemoveAt(i + 1);
                    }
                }
            }
        }

        return tokens;
    }
}
