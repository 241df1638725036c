using Evenhand.Data.Columns;

namespace Evenhand.Data.Summary;

/// <summary>Figures of one column.</summary>
public sealed record ColumnSummary
{
    /// <summary>Name of the column.</summary>
    public required string Name { get; init; }

    /// <summary>The table in which it stands.</summary>
    public required GroupSide Side { get; init; }

    /// <summary><c>number</c>, <c>category</c>, <c>categories</c> or <c>text</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What the column is for.</summary>
    public required ColumnRoles Roles { get; init; }

    /// <summary>Rows of its table without a value.</summary>
    public required int Missing { get; init; }

    /// <summary>Number of different values, the missing one not counted; of sets the number of categories.</summary>
    public required int Distinct { get; init; }

    /// <summary>Smallest number; null for other kinds and where all are missing.</summary>
    public required double? Min { get; init; }

    /// <summary>Mean of the numbers that are there; null for other kinds and where all are missing.</summary>
    public required double? Mean { get; init; }

    /// <summary>Largest number; null for other kinds and where all are missing.</summary>
    public required double? Max { get; init; }

    /// <summary>Computes the figures of a column.</summary>
    internal static ColumnSummary Of(Column column, GroupSide side)
    {
        double[] present = column is NumericColumn numbers
            ? [.. numbers.Values.ToArray().Where(v => !double.IsNaN(v))]
            : [];
        return new ColumnSummary
        {
            Name = column.Name,
            Side = side,
            Kind = column switch
            {
                NumericColumn => "number",
                CategoricalColumn => "category",
                CategorySetColumn => "categories",
                _ => "text",
            },
            Roles = column.Roles,
            Missing = column.MissingCount,
            Distinct = column switch
            {
                NumericColumn => present.Distinct().Count(),
                CategoricalColumn categories => categories.Codes.ToArray().Where(c => c >= 0).Distinct().Count(),
                CategorySetColumn sets => Enumerable.Range(0, sets.Length)
                    .SelectMany(row => sets.Codes(row).ToArray()).Distinct().Count(),
                _ => ((TextColumn)column).Values.ToArray().OfType<string>().Distinct().Count(),
            },
            Min = present.Length == 0 ? null : present.Min(),
            Mean = present.Length == 0 ? null : present.Average(),
            Max = present.Length == 0 ? null : present.Max(),
        };
    }
}
