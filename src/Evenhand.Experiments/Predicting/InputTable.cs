using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Evenhand.Experiments.Files;

namespace Evenhand.Experiments.Predicting;

/// <summary>Reads a file that a user hands to a command: <c>.csv</c>, <c>.tsv</c> or <c>.jsonl</c>, also as <c>.gz</c>,
/// with a header.</summary>
public static class InputTable
{
    // What tools write for a missing value and nobody for anything else. A person may be called Null.
    private static readonly string[] MissingMarkers = ["NaN", "nan", "<NA>", "#N/A", "NaT"];

    // What is often a missing value.
    private static readonly string[] LikelyMarkers = ["NA", "N/A", "n/a", "na", "NULL", "null", "None", "none", "?"];

    /// <summary>Reads the given columns as categories.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="InputException">The file cannot be read, is malformed, or lacks a column.</exception>
    public static Table Read(string path, IEnumerable<string> columns, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return Read(
            path,
            new InputForm().Resolve(path, _ => { }, cancellationToken),
            [.. columns.Distinct().Select(name => new ColumnDescriptor { Name = name, Type = ColumnType.Category })],
            _ => { },
            cancellationToken);
    }

    /// <summary>Reads columns in a form that is known.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="noted">Told what one should know, one sentence each.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="InputException">The file cannot be read, is malformed, or lacks a column.</exception>
    internal static Table Read(
        string path,
        TableFormat format,
        IReadOnlyList<ColumnDescriptor> columns,
        Action<string> noted,
        CancellationToken cancellationToken)
    {
        string[] categories = [.. columns.Where(c => c.Type == ColumnType.Category).Select(c => c.Name)];
        var descriptor = TableFile.Describe(Existing(path), columns, format) with
        {
            Groups = new GroupsDescriptor { Row = categories },
        };
        var table = DatasetLoader.Load(
            descriptor, new LoadOptions { CancellationToken = cancellationToken }, out var report).Rows;
        foreach (var note in report.Notes)
        {
            noted($"{path}: {note}");
        }

        return table;
    }

    /// <summary>The path of a file that is there; one that is not is told with the nearest name.</summary>
    /// <exception cref="InputException">The file does not exist.</exception>
    internal static string Existing(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Path.Exists(path)
            ? path
            : throw new InputException(path, 0, 0, $"there is no such file.{NearestFile.Hint(path)}");
    }

    /// <summary>The table with what tools write for a missing value taken as that; both this and what may be one are
    /// told.</summary>
    /// <param name="table">The table.</param>
    /// <param name="noted">Told, one sentence a column.</param>
    internal static Table WithoutMarkers(Table table, Action<string> noted)
    {
        foreach (var column in table.Columns.OfType<CategoricalColumn>())
        {
            var values = column.Vocabulary.Values;
            if (values.Intersect(LikelyMarkers).ToArray() is { Length: > 0 } likely)
            {
                noted($"column '{column.Name}': {Quoted(likely)} is taken for a value; if it stands for a missing one, "
                    + $"say --missing {likely[0]}.");
            }

            if (values.Intersect(MissingMarkers).ToArray() is not { Length: > 0 } markers)
            {
                continue;
            }

            noted($"column '{column.Name}': {Quoted(markers)} is taken for a missing value; --missing names other "
                + "markers.");
            table = table.With(CategoricalColumn.FromValues(
                column.Name,
                Enumerable.Range(0, column.Length).Select(
                    row => column.Format(row) is { } value && !markers.Contains(value) ? value : null),
                column.Roles));
        }

        return table;
    }

    private static string Quoted(string[] values) => string.Join(", ", values.Select(value => $"'{value}'"));
}
