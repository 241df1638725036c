using Evenhand.Data.Columns;

namespace Evenhand.Data;

/// <summary>An immutable set of named columns of one length.</summary>
public sealed class Table
{
    private readonly Dictionary<string, Column> _byName;

    /// <summary>A table of the given columns.</summary>
    /// <exception cref="ArgumentException">There is no column, two share a name, or lengths differ.</exception>
    public Table(IEnumerable<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Columns = [.. columns];
        if (Columns.Count == 0)
        {
            throw new ArgumentException("A table has at least one column.", nameof(columns));
        }

        RowCount = Columns[0].Length;
        _byName = new(Columns.Count, StringComparer.Ordinal);
        foreach (var column in Columns)
        {
            if (column.Length != RowCount)
            {
                throw new ArgumentException(
                    $"Column '{column.Name}' has {column.Length} rows where '{Columns[0].Name}' has {RowCount}.",
                    nameof(columns));
            }

            if (!_byName.TryAdd(column.Name, column))
            {
                throw new ArgumentException($"Two columns are named '{column.Name}'.", nameof(columns));
            }
        }
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The column of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Column this[string name] =>
        Find(name) ?? throw new KeyNotFoundException($"The table has no column '{name}'.");

    /// <summary>The column of that name, or null.</summary>
    public Column? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The first column with that role, or null.</summary>
    public Column? Find(ColumnRoles role) => Columns.FirstOrDefault(c => c.Roles.HasFlag(role));

    /// <summary>The given rows, in the given order.</summary>
    public Table Select(ReadOnlySpan<int> rows)
    {
        var selected = new Column[Columns.Count];
        for (var i = 0; i < selected.Length; i++)
        {
            selected[i] = Columns[i].Select(rows);
        }

        return new Table(selected);
    }

    /// <summary>The same table with a column added, or put in the place of the one of that name.</summary>
    public Table With(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return new Table(_byName.ContainsKey(column.Name)
            ? Columns.Select(c => c.Name == column.Name ? column : c)
            : Columns.Append(column));
    }
}
