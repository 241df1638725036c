using Evenhand.Configuration.Randomness;
using Evenhand.Tokenization;
using Evenhand.Tokenization.Training;
using Evenhand.Torch.Pretraining;

namespace Evenhand.Torch.Tests.Pretraining;

[TestClass]
public sealed class TokenMaskingTests
{
    private const int Rows = 400;

    private static readonly SubwordTokenizer Tokenizer = new WordPieceTrainer(
        new WordPieceTrainingOptions { VocabularySize = 60 })
        .Train(["playing played plays player", "walking walked walks walker", "talking talked talks talker"], 1);

    [TestMethod]
    [DataRow(0.15)]
    [DataRow(0.4)]
    public void Hide_ManyTexts_HidesTheShareAndReplacesEightOfTen(double share)
    {
        var (before, after, places, targets) = Hide(share, wholeWords: false);
        var length = before.Length / Rows;
        var ordinary = Enumerable.Range(0, length).Count(i => IsOrdinary(before[i]));

        // Of each text the same number, worked out by hand.
        var wanted = Math.Max(1, (int)Math.Round(share * ordinary));
        Assert.AreEqual(wanted * Rows, places.Length);
        CollectionAssert.AreEqual(Array.ConvertAll(places, p => before[p]), targets);
        Assert.IsTrue(targets.All(IsOrdinary));
        CollectionAssert.AreEqual(places.Order().Distinct().ToArray(), places);
        var masked = places.Count(p => after[p] == Tokenizer.MaskId) / (double)places.Length;
        var same = places.Count(p => after[p] == before[p]) / (double)places.Length;
        Assert.AreEqual(0.8, masked, 0.05);
        Assert.AreEqual(0.1, same, 0.04);
        var rest = Enumerable.Range(0, before.Length).Except(Array.ConvertAll(places, p => (int)p));
        Assert.IsTrue(rest.All(i => before[i] == after[i]));
        Assert.IsTrue(places.All(p => after[p] == Tokenizer.MaskId || IsOrdinary(after[p])));
    }

    [TestMethod]
    public void Hide_WholeWords_TellsAllPiecesOfAWord()
    {
        var (before, _, places, _) = Hide(0.4, wholeWords: true);
        var chosen = places.ToHashSet();
        for (var i = 0; i + 1 < before.Length; i++)
        {
            if (IsOrdinary(before[i]) && IsOrdinary(before[i + 1])
                && Tokenizer.TokenOf((int)before[i + 1])!.StartsWith("##", StringComparison.Ordinal))
            {
                Assert.AreEqual(chosen.Contains(i), chosen.Contains(i + 1), $"place {i}");
            }
        }
    }

    [TestMethod]
    public void Hide_TextWithoutTokens_HidesNothing()
    {
        long[] ids = [Tokenizer.ClassId!.Value, Tokenizer.SeparatorId!.Value, Tokenizer.PadId!.Value];

        Assert.IsEmpty(new TokenMasking(Tokenizer, 0.15, false).Hide(ids, 1, new SeedTree(1).CreateRandom()).Places);
    }

    private static bool IsOrdinary(long id) => !Tokenizer.TokenOf((int)id)!.StartsWith('[');

    private static (long[] Before, long[] After, long[] Places, long[] Targets) Hide(double share, bool wholeWords)
    {
        long[] text =
        [
            .. Tokenizer.Encode("playing walked talks and the talker walks").Select(token => (long)token.Id),
            Tokenizer.PadId!.Value,
        ];
        long[] before = [.. Enumerable.Range(0, Rows).SelectMany(_ => text)];
        var after = before.ToArray();
        var (places, targets) = new TokenMasking(Tokenizer, share, wholeWords)
            .Hide(after, Rows, new SeedTree(4).CreateRandom());
        return (before, after, places, targets);
    }
}
