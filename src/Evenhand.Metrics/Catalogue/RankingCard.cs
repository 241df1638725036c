using System.Globalization;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Catalogue;

/// <summary>A metric of ranked lists of any length: <c>{k}</c> in its texts stands for that length.</summary>
/// <param name="Stem">Name without <c>@k</c>.</param>
/// <param name="Statistic">What it is read from, at k.</param>
/// <param name="Read">How it is read.</param>
/// <param name="Template">Its card; the name is put in.</param>
internal sealed record RankingCard(
    string Stem, Func<int, Statistic> Statistic, FigureReader Read, CardTemplate Template)
{
    /// <summary>The metric at k.</summary>
    public RankingMetric At(int k) => new(CardAt(Template, Stem, k), Statistic(k), Read, k);

    /// <summary>The card with the length put in.</summary>
    public static FormulaCard CardAt(CardTemplate template, string stem, int k)
    {
        var digits = k.ToString(CultureInfo.InvariantCulture);
        string With(string text) => text.Replace("{k}", digits, StringComparison.Ordinal);
        return template with
        {
            Name = $"{stem}@{digits}",
            Title = With(template.Title) + $" at {digits}",
            Formula = With(template.Formula),
            EqualTo = template.EqualTo is null ? null : With(template.EqualTo),
            Notes = With(template.Notes),
        };
    }
}
