using System.Text;
using System.Text.Json;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Reading;

/// <summary>Reads sets of categories: names with a separator between them, or a JSON array of them.</summary>
/// <remarks>An empty field is missing; a lone separator and an empty array are sets without a category.</remarks>
internal sealed class CategorySetBuilder : ColumnBuilder
{
    private readonly Utf8Index _raw = new();
    private readonly List<(List<string>? Names, bool IsBad)> _sets = [];
    private readonly List<int> _rows = [];
    private readonly string _separator;
    private readonly bool _isJson;
    private int _pending;

    /// <summary>Reads with the separator of the column.</summary>
    public CategorySetBuilder(ColumnDescriptor descriptor, TableFormat format)
        : base(descriptor, format)
    {
        _separator = descriptor.Separator;
        _isJson = format.Kind == FileKind.JsonLines;
    }

    /// <inheritdoc/>
    public override string? Parse(ReadOnlySpan<byte> field)
    {
        // Sets recur, so each spelling is taken apart once. A bad one is kept too: its rows are never committed.
        _pending = _raw.Add(field);
        if (_pending == _sets.Count)
        {
            var names = IsMissing(field) ? null : Names(field);
            _sets.Add((names?.ConvertAll(Mapped), IsBad: names is null && !IsMissing(field)));
        }

        return _sets[_pending].IsBad ? $"expected an array of texts, found {Quote(field)}." : null;
    }

    /// <inheritdoc/>
    public override void Commit() => _rows.Add(_pending);

    /// <inheritdoc/>
    public override Column Build() => CategorySetColumn.FromValues(Name, _rows.Select(raw => _sets[raw].Names), Roles);

    // Null where an array holds something that is no name. The reader of JSON lines has seen to it that it is valid.
    private List<string>? Names(ReadOnlySpan<byte> field)
    {
        if (!_isJson || field[0] != '[')
        {
            return [.. Encoding.UTF8.GetString(field)
                .Split(_separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        }

        using var array = JsonDocument.Parse(field.ToArray());
        var items = array.RootElement.EnumerateArray();
        return items.All(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            ? [.. items.Select(item => item.ToString())]
            : null;
    }
}
