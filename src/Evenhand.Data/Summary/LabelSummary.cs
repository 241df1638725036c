using Evenhand.Data.Columns;

namespace Evenhand.Data.Summary;

/// <summary>Figures of the label: of a number its mean (the base rate where labels are 0 and 1), and how often each
/// value occurs.</summary>
public sealed record LabelSummary
{
    /// <summary>How many different values are listed at most.</summary>
    public const int MaximumListed = 20;

    /// <summary>Name of the column.</summary>
    public required string Name { get; init; }

    /// <summary>Rows without a label.</summary>
    public required int Missing { get; init; }

    /// <summary>Mean of a numeric label; null for others.</summary>
    public required double? Mean { get; init; }

    /// <summary>Rows of each value (of sets: that have each category), the most frequent first; empty where there are
    /// more than <see cref="MaximumListed"/>.</summary>
    public required IReadOnlyList<ValueCount> Values { get; init; }

    /// <summary>Computes the figures of a label.</summary>
    internal static LabelSummary Of(Column label)
    {
        var rows = Enumerable.Range(0, label.Length);
        var values = label is CategorySetColumn sets
            ? rows.SelectMany(row => sets.Names(row) ?? [])
            : rows.Select(label.Format).OfType<string>();
        var counts = values
            .GroupBy(v => v, StringComparer.Ordinal)
            .Select(g => new ValueCount(g.Key, g.Count()))
            .OrderByDescending(v => v.Count).ThenBy(v => v.Value, StringComparer.Ordinal)
            .ToList();
        return new LabelSummary
        {
            Name = label.Name,
            Missing = label.MissingCount,
            Mean = label is NumericColumn ? ColumnSummary.Of(label, GroupSide.Row).Mean : null,
            Values = counts.Count <= MaximumListed ? counts : [],
        };
    }
}

/// <summary>How often a value occurs.</summary>
/// <param name="Value">The value.</param>
/// <param name="Count">Number of rows.</param>
public sealed record ValueCount(string Value, int Count);
