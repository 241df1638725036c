using Evenhand.Configuration;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;

namespace Evenhand.Data.Augmentation;

/// <summary>Reads tables of texts and what may stand in their place.</summary>
public static class TextPairs
{
    /// <summary>Reads a file with two text columns, such as a term and a synonym of it: one pair a row.</summary>
    /// <param name="path">A <c>.csv</c>, <c>.tsv</c> or <c>.jsonl</c> file with a header.</param>
    /// <param name="from">Name of the first column.</param>
    /// <param name="to">Name of the second column.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <returns>For each text of the first column, trimmed, those of the second, in the order of the file and each
    /// once. Rows where either is empty, or both are the same, are left out.</returns>
    /// <exception cref="InputException">The file cannot be read, is malformed, lacks a column or has no
    /// pair.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(
        string path, string from, string to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: there is no such file.");
        }

        ColumnDescriptor[] columns =
        [
            new() { Name = from, Type = ColumnType.Text },
            new() { Name = to, Type = ColumnType.Text },
        ];
        var rows = DatasetLoader.Load(
            TableFile.Describe(path, columns), new LoadOptions { CancellationToken = cancellationToken }).Rows;
        var pairs = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        for (var row = 0; row < rows.RowCount; row++)
        {
            var (text, other) = (rows[from].Format(row)?.Trim(), rows[to].Format(row)?.Trim());
            if (string.IsNullOrEmpty(text) || string.IsNullOrEmpty(other) || text == other)
            {
                continue;
            }

            if (!pairs.TryGetValue(text, out var others))
            {
                pairs.Add(text, others = []);
            }

            if (!others.Contains(other))
            {
                others.Add(other);
            }
        }

        return pairs.Count > 0
            ? pairs.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value)
            : throw new InputException($"{path}: there is no row with both {from} and {to}.");
    }
}
