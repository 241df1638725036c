using Evenhand.Data.Columns;

namespace Evenhand.Data.Descriptors;

/// <summary>A column that is computed from others, by exactly one of the operations.</summary>
public sealed record DerivedColumn
{
    /// <summary>Name of the new column.</summary>
    public required string Name { get; init; }

    /// <summary>The table that the column stands in and is computed from.</summary>
    /// <value>Default: <c>row</c>.</value>
    public GroupSide Side { get; init; } = GroupSide.Row;

    /// <summary>What the new column is for.</summary>
    /// <value>Default: none.</value>
    public ColumnRole Role { get; init; }

    /// <summary>The column that <see cref="Bands"/>, <see cref="Map"/> and <see cref="Extract"/> read.</summary>
    public string? From { get; init; }

    /// <summary>Operation: bands of a number by their lower bounds; <c>[18, 25]</c> gives <c>under 18</c>, <c>18-24</c>
    /// and <c>25 and over</c>.</summary>
    public IReadOnlyList<double>? Bands { get; init; }

    /// <summary>Operation: values to put in the place of others; a value that is not named becomes
    /// <see cref="Otherwise"/>, or stays where that is not given.</summary>
    public IReadOnlyDictionary<string, string>? Map { get; init; }

    /// <summary>Operation: a regular expression; the value is its first group, or the whole match where it has no
    /// group, and missing where nothing matches.</summary>
    public string? Extract { get; init; }

    /// <summary>Operation: texts put one after the other with <see cref="Separator"/> between; missing ones are passed
    /// over, and the result is missing where all are.</summary>
    public IReadOnlyList<string>? Join { get; init; }

    /// <summary>Operation: the product of two or more numbers; missing where one is.</summary>
    public IReadOnlyList<string>? Product { get; init; }

    /// <summary>Operation: the first of these columns that is 1; each has the name of its value.</summary>
    public IReadOnlyDictionary<string, string>? FirstOf { get; init; }

    /// <summary>Operation, for users and items: the most frequent ones against the others.</summary>
    public FrequencyBands? Frequency { get; init; }

    /// <summary>Names of the bands, one more than <see cref="Bands"/> has bounds.</summary>
    /// <value>Default: from the bounds.</value>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The value where <see cref="Map"/> or <see cref="FirstOf"/> name none.</summary>
    /// <value>Default: none.</value>
    public string? Otherwise { get; init; }

    /// <summary>The least and the greatest valid number of a <see cref="Product"/> or an extracted number; one outside
    /// is missing.</summary>
    /// <value>Default: every number is valid.</value>
    public IReadOnlyList<double>? Range { get; init; }

    /// <summary>What stands between two texts of <see cref="Join"/>.</summary>
    /// <value>Default: one blank.</value>
    public string Separator { get; init; } = " ";

    /// <summary>What an extracted value is: a category, a number (missing where it is none) or a text.</summary>
    /// <value>Default: <c>category</c>.</value>
    public ColumnType Type { get; init; } = ColumnType.Category;

    /// <summary>The operations that are given, by key.</summary>
    internal IEnumerable<string> Operations()
    {
        if (Bands is not null)
        {
            yield return "bands";
        }

        if (Map is not null)
        {
            yield return "map";
        }

        if (Extract is not null)
        {
            yield return "extract";
        }

        if (Join is not null)
        {
            yield return "join";
        }

        if (Product is not null)
        {
            yield return "product";
        }

        if (FirstOf is not null)
        {
            yield return "firstOf";
        }

        if (Frequency is not null)
        {
            yield return "frequency";
        }
    }
}

/// <summary>Parts users by activity, or items by popularity, in two: the head and the tail.</summary>
/// <remarks>
/// The head is the <see cref="Top"/> share of the entities with the most rows (rounded up), ties by name. A split
/// counts the training rows, for all parts; who has none is of the tail. Without a split all rows are counted.
/// </remarks>
public sealed record FrequencyBands
{
    /// <summary>Share of the entities that are the head, above 0 and below 1.</summary>
    /// <value>Default: 0.2.</value>
    public double Top { get; init; } = 0.2;

    /// <summary>Name of the head.</summary>
    /// <value>Default: <c>head</c>.</value>
    public string Head { get; init; } = "head";

    /// <summary>Name of the rest.</summary>
    /// <value>Default: <c>tail</c>.</value>
    public string Tail { get; init; } = "tail";
}
