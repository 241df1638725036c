using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Reading;

/// <summary>Columns that have one value for a whole file.</summary>
internal sealed class FileConstants(IReadOnlyList<string> names)
{
    private readonly List<(int Rows, string? Value)>[] _runs = [.. names.Select(_ => new List<(int, string?)>())];

    /// <summary>Rows read so far.</summary>
    public int Rows { get; set; }

    /// <summary>Gives the rows from <paramref name="first"/> on the values of a file.</summary>
    public void Fill(FileDescriptor file, int first)
    {
        for (var i = 0; i < _runs.Length; i++)
        {
            var value = names[i] == TableReader.PartColumn ? file.Part : file.Set.GetValueOrDefault(names[i]);
            _runs[i].Add((Rows - first, value));
        }
    }

    /// <summary>The columns.</summary>
    public IEnumerable<Column> Build() => names.Select((name, i) => CategoricalColumn.FromValues(
        name, _runs[i].SelectMany(run => Enumerable.Repeat(run.Value, run.Rows))));
}
