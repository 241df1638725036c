using System.Globalization;

namespace Evenhand.Data.Reading;

/// <summary>Counts values that could not be read and are missing, by column.</summary>
internal sealed class BadValueList
{
    private readonly Dictionary<string, (long Count, string First)> _byColumn = new(StringComparer.Ordinal);
    private readonly List<(string Column, string First)> _pending = [];

    /// <summary>A line for each column that has such values.</summary>
    public IEnumerable<string> Notes => _byColumn.Select(column => string.Create(
        CultureInfo.InvariantCulture,
        $"column '{column.Key}': {column.Value.Count} bad values are missing; the first: {column.Value.First}"));

    /// <summary>Takes a value of the row that is being read.</summary>
    public void Add(string column, string file, (long Line, long Column) place, string reason) => _pending.Add(
        (column, string.Create(CultureInfo.InvariantCulture, $"{file}({place.Line},{place.Column}): {reason}")));

    /// <summary>Counts the values of the row; a row that is left out for another reason has none.</summary>
    /// <param name="isKept">Whether the row stays.</param>
    public void EndRow(bool isKept)
    {
        foreach (var (column, first) in isKept ? _pending : [])
        {
            var before = _byColumn.GetValueOrDefault(column, (0, first));
            _byColumn[column] = (before.Count + 1, before.First);
        }

        _pending.Clear();
    }
}
