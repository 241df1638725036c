using System.Globalization;
using System.Text;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Catalogue;

/// <summary>Renders the formula cards as one page.</summary>
internal static class MetricsPage
{
    private const string Head = """
        # Metrics

        This page is generated from the formula cards in `src/Evenhand.Metrics`; change those, not this file.

        A metric describes one population: all rows, or the rows of one group. A fairness metric compares the groups
        of one attribute. Each has a name, a formula, a range and a direction; the direction belongs to the metric and
        is never asked of the user. Rows may be weighted, and then every sum is a weighted sum: weight 2 counts as the
        row twice.

        ## How groups are compared

        Every metric has four views, named by a suffix. They are formed for each attribute by itself; a crossing of
        attributes, such as `gender*age-band`, is an attribute like any other.

        | suffix | formula | range | better |
        | --- | --- | --- | --- |
        | `-difference` | largest minus smallest value of the groups | from 0 | smaller |
        | `-ratio` | smallest over largest value of the groups | 0 to 1 | larger |
        | `-worst-group` | the worst value of the groups, by the metric's direction | the metric's | the metric's |
        | `-mad` | mean of the absolute differences of all pairs of groups | from 0 | smaller |

        Signed metrics (`mean-error`, `calibration-in-the-large`) have only the first and the last, and metrics that can
        be negative but are the better the larger (`cohen-kappa`) have no ratio. Rows whose group is unknown count overall and in no
        group.

        **Minimum group size.** A group with fewer rows than the minimum (30 unless set) is reported and flagged, and
        left out of every difference, ratio, worst group and unfairness. Rows are counted, whatever their weights; for
        rankings, users with relevant items.

        **Groups of items.** For rankings, some metrics describe items (`exposure`, `item-recall`, `fa-ir` and others:
        their cards say so). They are measured for the groups of an attribute of the items, over the lists of all
        users, have the same views, and their bounds come from the same resamples of users. The minimum size then
        counts items. An item has one group by each attribute; items in several groups at once are not measured.

        **Groups that overlap.** A text can mention several groups. Over an attribute of identity terms a row counts in
        every group that it mentions, and a row that mentions none counts overall and in the background of every group.

        **Undefined figures.** A figure that is undefined, such as a true positive rate without positives, is reported
        as such (not a number) and never as 0. A comparison leaves out groups in which the metric is undefined; a
        difference or ratio of fewer than two groups is undefined.

        ## Bounds

        Every bound is made of standard errors, which come from 1000 bootstrap resamples unless set (Efron and Tibshirani
        1993, chapter 6), at 95 % confidence unless set. Percentiles of resamples are not used: resampling makes
        differences larger, and what it says of a rate of 1, of equal groups or of the worst of many is wrong.

        - **Resamples.** As many units as there are in the data are drawn with replacement. A unit is a row, or all rows
          of a user where the data name users as units (cluster bootstrap; Field and Welsh 2007). All metrics and groups
          of a report are computed on the same resamples. Where only counts are needed and each row is a unit of weight
          1, the cells of the table of counts are drawn from their multinomial distribution, by conditional binomials,
          which is equal in distribution. Each resample has random numbers of its own, so bounds do not depend on the
          number of threads.
        - **Values.** A figure between two ends, such as a rate from 0 to 1, has score bounds (Wilson 1927, in the form of
          Agresti and Coull 1998, which holds near the ends too), with Student's t for z: n is the number of yes-or-no
          rows that would have the standard error, which for a rate is the number of its rows. Where all rows agree, the
          standard error is 0 and n the number of rows. A figure from 0 without end has t bounds of its logarithm, any
          other figure t bounds, both with the standard error times n / (n - 1) for small n (MacKinnon and White 1985;
          Long and Ervin 2000, HC3). Degrees of freedom are the rows (or users) of the figure less one; above a figure
          from 0 without end, which without its few large rows looks small and sure, n / 4 (those of exponential rows:
          Satterthwaite 1946).
        - **Pairs of groups.** Bounds of a difference or ratio come from the bounds of the two groups, whose distances are
          added as standard errors are (MOVER: Zou and Donner 2008; ratios: Donner and Zou 2012; of two rates Newcombe
          1998, method 10). Where groups share rows or users, the correlation over resamples counts (Zou 2007).
        - **Largest and smallest of all pairs, worst group.** The largest difference lies below a bound only if those of
          all pairs do, so its lower bound holds for all pairs at once (studentized range: Tukey 1953, Kramer 1956); for
          more than one metric or class, with Bonferroni's correction. Its upper bound need hold for each pair by itself
          (Berger 1982). Likewise, the better bound of the worst group holds for all groups at once (Sidak 1967). A lower
          bound of 0 of a difference, or an upper one of 1 of a ratio, says that parity is not ruled out.
        - **Other discrepancies**, such as averages of absolute differences over items, are larger by chance alone. Their
          lower bound starts from the figure less that bias (Efron and Tibshirani 1993, section 10.2).
        - **Coverage and concentration.** Users who are drawn twice cover nothing new. So a resample leaves out a
          twentieth of the users of a group at random, and the change of the figure is scaled to the spread of figures
          of as many users (delete-d jackknife: Shao and Wu 1989), which is seldom less than the truth (Efron and Stein
          1981). The bounds are of what so many users are expected to give.
        - A resample in which a figure is undefined is left out for that figure; where these are more than half, or
          the figure itself is undefined, it has no bounds.
        - Bounds never exclude their own figure, and lie in the range of the metric.

        How often bounds hold, for groups of 20, 100 and 1,000 rows, equal groups and unequal ones, 2, 5 and 20 groups:
        `dotnet run -c Release --project bench/Evenhand.Bench -- coverage`.

        """;

    public static string Render()
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var (kind, title) in new[]
        {
            (PredictionKind.Rating, "Ratings and amounts"),
            (PredictionKind.Classification, "Classification"),
            (PredictionKind.Multiclass, "Several classes"),
            (PredictionKind.MultiLabel, "Any number of labels"),
            (PredictionKind.Ranking, "Rankings"),
        })
        {
            Line(page, $"\n## {title}");
            if (kind == PredictionKind.Ranking)
            {
                Line(page, "\nShown for k = 10; any k from 1 may be written, such as `ndcg@25`. "
                    + "All metrics of one k are computed in one pass.");
            }

            foreach (var metric in MetricCatalogue.BuiltIn.For(kind))
            {
                var views = FairnessCards.SuffixesOf(metric).Select(suffix => $"`{metric.Name}{suffix}`");
                Card(page, metric.Card, "Views", string.Join(", ", views));
            }

            var named = MetricCatalogue.BuiltIn.NamedFairness.Where(m => m.Kind == kind).ToArray();
            if (named.Length > 0)
            {
                Line(page, $"\n## {title}: named fairness metrics");
            }

            foreach (var metric in named)
            {
                Card(page, metric.Card, "Reads", string.Join(", ", metric.Requires.Select(m => $"`{m.Name}`")));
            }
        }

        return page.ToString();
    }

    private static void Card(StringBuilder page, FormulaCard card, string relation, string related)
    {
        Line(page, $"\n### `{card.Name}`\n\n{card.Title}.\n\n    {card.Formula}\n");
        var better = card.Low < 0 && card.Direction == MetricDirection.Minimize ? "nearer to 0"
            : card.Direction == MetricDirection.Minimize ? "smaller" : "larger";
        Line(page, $"- Range: {Range(card)}; {better} is better.");
        Line(page, $"- Aggregation: {card.Aggregation}.");
        if (related.Length > 0)
        {
            Line(page, $"- {relation}: {related}.");
        }

        Line(page, $"- Bounds: {card.Bounds}.");
        Line(page, $"- Source: {card.Source}.");
        if (card.EqualTo is { } equal)
        {
            Line(page, $"- Equals: {equal}.");
        }

        if (card.Notes.Length > 0)
        {
            Line(page, $"- Notes: {card.Notes}");
        }
    }

    private static string Range(FormulaCard card) => (double.IsInfinity(card.Low), double.IsInfinity(card.High)) switch
    {
        (true, _) => "any number",
        (_, true) => string.Create(CultureInfo.InvariantCulture, $"from {card.Low}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{card.Low} to {card.High}"),
    };

    private static void Line(StringBuilder page, string text) => page.Append(text).Append('\n');
}
