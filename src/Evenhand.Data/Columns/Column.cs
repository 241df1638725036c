namespace Evenhand.Data.Columns;

/// <summary>An immutable column of a <see cref="Table"/>. Missing values are first-class in every kind of
/// column.</summary>
/// <remarks>The kinds are <see cref="NumericColumn"/>, <see cref="CategoricalColumn"/>, <see cref="CategorySetColumn"/>
/// and <see cref="TextColumn"/>.</remarks>
public abstract class Column
{
    private protected Column(string name, ColumnRoles roles)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Roles = roles;
    }

    /// <summary>Name of the column, unique in its table.</summary>
    public string Name { get; }

    /// <summary>What the column is for.</summary>
    public ColumnRoles Roles { get; }

    /// <summary>Number of rows.</summary>
    public abstract int Length { get; }

    /// <summary>Number of rows without a value.</summary>
    public abstract int MissingCount { get; }

    /// <summary>Whether the row has no value.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>The value of a row as invariant text, or null where it is missing.</summary>
    public abstract string? Format(int row);

    /// <summary>The given rows, in the given order; a vocabulary is shared with the source.</summary>
    public abstract Column Select(ReadOnlySpan<int> rows);

    /// <summary>The same values under another name or with other roles; nothing is copied.</summary>
    public abstract Column With(string? name = null, ColumnRoles? roles = null);
}
