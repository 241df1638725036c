using Evenhand.Data;

namespace Evenhand.Experiments;

/// <summary>Reads a file that a user hands to a command: <c>.csv</c>, <c>.tsv</c> or <c>.jsonl</c>, also as <c>.gz</c>,
/// with a header.</summary>
public static class InputTable
{
    /// <summary>Reads the given columns as categories.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="InputException">The file cannot be read, is malformed, or lacks a column.</exception>
    public static Table Read(string path, IEnumerable<string> columns, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var wanted = columns.Distinct()
            .Select(name => new ColumnDescriptor { Name = name, Type = ColumnType.Category });
        var descriptor = Describe(path, [.. wanted]);
        return DatasetLoader.Load(descriptor, new LoadOptions { CancellationToken = cancellationToken }).Rows;
    }

    /// <summary>A descriptor of one file with the given columns, in the form that its name tells; a missing file is told
    /// with the nearest name.</summary>
    /// <exception cref="InputException">The file does not exist.</exception>
    internal static DatasetDescriptor Describe(string path, IReadOnlyList<ColumnDescriptor> columns)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: there is no such file.{NearestFile.Hint(path)}");
        }

        return TableFile.Describe(path, columns);
    }
}
