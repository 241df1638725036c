using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Reading;

/// <summary>Files with a header whose name tells their form: <c>.csv</c>, <c>.tsv</c> or <c>.jsonl</c>, also as
/// <c>.gz</c>.</summary>
public static class TableFile
{
    /// <summary>A descriptor of one file with the given columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns to read.</param>
    /// <param name="format">How the file is written; null: as its name tells.</param>
    public static DatasetDescriptor Describe(
        string path, IReadOnlyList<ColumnDescriptor> columns, TableFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var full = Path.GetFullPath(path);
        var descriptor = new DatasetDescriptor
        {
            Name = Path.GetFileName(path),
            Title = path,
            Rows = new TableDescriptor
            {
                Files = [new FileDescriptor { Path = Path.GetFileName(full) }],
                Format = format ?? FormatOf(path),
                Columns = columns,
            },
        };
        return descriptor.InFolder(Path.GetDirectoryName(full)!);
    }

    /// <summary>Whether the name of a file tells its form.</summary>
    /// <param name="path">The file.</param>
    public static bool IsNamed(string path) => Suffix(path) is ".CSV" or ".TSV" or ".JSONL" or ".NDJSON";

    /// <summary>The form that the name of a file tells.</summary>
    /// <param name="path">The file.</param>
    public static TableFormat FormatOf(string path) => Suffix(path) switch
    {
        ".TSV" => new TableFormat { Delimiter = "tab" },
        ".JSONL" or ".NDJSON" => new TableFormat { Kind = FileKind.JsonLines },
        _ => new TableFormat(),
    };

    private static string Suffix(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToUpperInvariant();
    }
}
