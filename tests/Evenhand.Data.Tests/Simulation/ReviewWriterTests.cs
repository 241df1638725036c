using Evenhand.Configuration.Randomness;
using Evenhand.Data.Simulation;

namespace Evenhand.Data.Tests.Simulation;

[TestClass]
public sealed class ReviewWriterTests
{
    private static readonly string[] Denials = [.. ReviewLexicon.Denials];

    [TestMethod]
    public void Write_AnyRating_IsWholeSentencesAboutTheCategory()
    {
        var writer = new ReviewWriter(new SeedTree(0).CreateRandom());
        foreach (var category in Enumerable.Range(0, ReviewLexicon.Categories.Count))
        {
            for (var i = 0; i < 100; i++)
            {
                var text = writer.Write(1 + (i % 5), category, 0.5);
                Assert.IsTrue(text.EndsWith('.') && char.IsUpper(text[0]), text);
                Assert.IsFalse(text.Contains("  ", StringComparison.Ordinal) || text.Contains('{'), text);
                var aspects = ReviewLexicon.Categories[category].Aspects;
                Assert.IsTrue(aspects.Any(a => text.Contains(a, StringComparison.Ordinal)), text);
            }
        }
    }

    [TestMethod]
    public void Write_RatingRaised_PraisesMore()
    {
        var praise = new int[6];
        for (var rating = 1; rating <= 5; rating++)
        {
            var writer = new ReviewWriter(new SeedTree(0).CreateRandom());
            praise[rating] = Enumerable.Range(0, 1_000)
                .Sum(_ => Sentences(writer.Write(rating, 0, 0)).Count(s => EndsWithOneOf(s, ReviewLexicon.Praise)));
        }

        CollectionAssert.AreEqual(praise.Order().ToArray(), praise);
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.3)]
    [DataRow(1.0)]
    public void Write_Style_IsTheShareOfDenyingOpinions(double style)
    {
        var writer = new ReviewWriter(new SeedTree(0).CreateRandom());
        var opinions = Enumerable.Range(0, 3_000)
            .SelectMany(_ => Sentences(writer.Write(4, 1, style)))
            .Where(s => EndsWithOneOf(s, ReviewLexicon.Praise) || EndsWithOneOf(s, ReviewLexicon.Blame))
            .ToArray();
        var share = opinions.Average(o => Denials.Any(d => o.Contains(" " + d, StringComparison.Ordinal)) ? 1.0 : 0);
        Assert.AreEqual(style, share, 0.025);
    }

    private static string[] Sentences(string text) => text.Split('.', StringSplitOptions.RemoveEmptyEntries);

    private static bool EndsWithOneOf(string sentence, IReadOnlyList<string> words) =>
        words.Any(w => sentence.EndsWith(" " + w, StringComparison.Ordinal));
}
