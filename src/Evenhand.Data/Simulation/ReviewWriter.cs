using System.Globalization;
using System.Text;
using Evenhand.Configuration.Randomness;

namespace Evenhand.Data.Simulation;

/// <summary>Writes English reviews whose opinions go with the rating.</summary>
/// <remarks>
/// A review has two to four opinions and, half of the time, an aside before them. Each opinion is praise with a
/// probability that grows with the rating, so that three stars read mixed; nobody can tell three from four stars with
/// certainty, which bounds the accuracy of any classifier. With the probability of the style an opinion denies its
/// opposite: praise becomes "not bad", blame "far from good".
/// </remarks>
internal sealed class ReviewWriter(SeededRandom random)
{
    private const int FewestOpinions = 2;
    private const int MostOpinions = 4;
    private const double AsideShare = 0.5;

    private static readonly double[] PraiseByRating = [0.05, 0.12, 0.28, 0.82, 0.94];
    private static readonly CompositeFormat[] Opinions = [.. ReviewLexicon.Opinions.Select(CompositeFormat.Parse)];
    private static readonly CompositeFormat[] Asides = [.. ReviewLexicon.Asides.Select(CompositeFormat.Parse)];

    private readonly StringBuilder _text = new();

    /// <summary>A review.</summary>
    /// <param name="rating">The rating, 1 to 5.</param>
    /// <param name="category">Position of the item's category in <see cref="ReviewLexicon.Categories"/>.</param>
    /// <param name="style">Share of opinions that deny their opposite.</param>
    public string Write(int rating, int category, double style)
    {
        _text.Clear();
        var words = ReviewLexicon.Categories[category];
        var thing = Pick(words.Things);
        if (random.NextDouble() < AsideShare)
        {
            _text.AppendFormat(CultureInfo.InvariantCulture, Pick(Asides), thing).Append(' ');
        }

        var opinions = random.Next(FewestOpinions, MostOpinions + 1);
        for (var i = 0; i < opinions; i++)
        {
            var praise = random.NextDouble() < PraiseByRating[rating - 1];
            var denied = random.NextDouble() < style;
            var word = Pick(praise == denied ? ReviewLexicon.Blame : ReviewLexicon.Praise);
            var before = Pick(denied ? ReviewLexicon.Denials : ReviewLexicon.Degrees);
            _text.Append(i > 0 ? " " : "");
            _text.AppendFormat(CultureInfo.InvariantCulture, Pick(Opinions), Pick(words.Aspects), thing, before + word);
        }

        return _text.ToString();
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
