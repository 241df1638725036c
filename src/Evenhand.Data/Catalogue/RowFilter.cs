namespace Evenhand.Data;

/// <summary>Keeps the rows that meet every condition given here.</summary>
public sealed record RowFilter
{
    /// <summary>The column of the file that is looked at.</summary>
    public required string Column { get; init; }

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
}
