using System.ComponentModel.DataAnnotations;
using Evenhand.Data.Columns;

namespace Evenhand.Data.Descriptors;

/// <summary>A step that leaves rows out: those that fail a condition on a <see cref="Column"/>, those outside of a
/// <see cref="KCore"/>, or those that are not drawn by a <see cref="Sample"/>.</summary>
/// <remarks>Filters are part of what a data set is: they are applied one after the other, to all of its rows, before
/// users and items get their tables and before any split. Those that count or draw see the rows that earlier ones
/// left.</remarks>
public sealed record RowFilter
{
    /// <summary>The column of the file that is looked at; a row is kept where it meets every condition given.</summary>
    public string? Column { get; init; }

    /// <summary>The number is at least this; a missing one fails.</summary>
    public double? Min { get; init; }

    /// <summary>The number is at most this; a missing one fails.</summary>
    public double? Max { get; init; }

    /// <summary>The value is one of these; a missing one fails.</summary>
    public IReadOnlyList<string>? In { get; init; }

    /// <summary>The value is none of these; a missing one passes.</summary>
    public IReadOnlyList<string>? NotIn { get; init; }

    /// <summary>The value does not start with this; a missing one passes.</summary>
    public string? NotStartingWith { get; init; }

    /// <summary>Whether a value must be there.</summary>
    /// <value>Default: false.</value>
    public bool Present { get; init; }

    /// <summary>The value of a category occurs in at least so many of the rows that are left; a missing one fails.
    /// Counted once: leaving rows out may bring other columns below their counts, which is what <see cref="KCore"/> is
    /// for.</summary>
    [Range(2, int.MaxValue)]
    public int? MinCount { get; init; }

    /// <summary>Keeps the rows whose users and items have enough rows among those that are kept.</summary>
    public CoreFilter? KCore { get; init; }

    /// <summary>Keeps rows drawn at random, or the rows of users or items drawn at random.</summary>
    public SampleFilter? Sample { get; init; }

    /// <summary>Whether it hangs on other rows if a row is kept.</summary>
    public bool CountsRows => MinCount is not null || KCore is not null || Sample is not null;
}

/// <summary>The largest set of rows in which every user and every item has at least so many: the (p, q)-core of the
/// graph of users and items.</summary>
/// <remarks>Batagelj, Zaversnik 2003; in recommendation usually the same number for both, as in 5-core. Rows without a
/// user or an item fail.</remarks>
public sealed record CoreFilter
{
    /// <summary>Least number of rows of a user.</summary>
    [Range(1, int.MaxValue)]
    public required int User { get; init; }

    /// <summary>Least number of rows of an item.</summary>
    [Range(1, int.MaxValue)]
    public required int Item { get; init; }
}

/// <summary>A draw without replacement.</summary>
/// <remarks>What is drawn follows from the seed and from what the rows hold, not from their order: each row, user or
/// item has a number by its key, and the smallest are drawn. The key of a row is its user, item and time, its text
/// unless it has both a user and an item, and all that it holds without any of these; rows of one key each have their
/// own number.</remarks>
public sealed record SampleFilter
{
    /// <summary>What is drawn: rows, or users or items with all of their rows.</summary>
    /// <value>Default: <c>row</c>.</value>
    public GroupSide Of { get; init; } = GroupSide.Row;

    /// <summary>The share that is drawn, rounded to the nearest whole number and at least one.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double? Share { get; init; }

    /// <summary>How many are drawn; all where there are fewer.</summary>
    [Range(1, int.MaxValue)]
    public int? Count { get; init; }

    /// <summary>Another seed draws others. It belongs to the data: that of an experiment does not change it.</summary>
    /// <value>Default: 0.</value>
    public long Seed { get; init; }
}
