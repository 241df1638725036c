using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Reading;

/// <summary>Reads values of a limited set, or ids.</summary>
internal sealed class CategoryBuilder : ColumnBuilder
{
    private const int Unseen = -2;

    private readonly Utf8Index _raw = new();
    private readonly List<int> _codeOfRaw = [];
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly List<int> _rows = [];
    private int _pending;

    /// <summary>Codes are given in order of first appearance.</summary>
    public CategoryBuilder(ColumnDescriptor descriptor, TableFormat format)
        : base(descriptor, format)
    {
    }

    /// <inheritdoc/>
    public override string? Parse(ReadOnlySpan<byte> field)
    {
        // A value gets its code when a row that holds it is committed, so a bad row leaves none in the vocabulary.
        _pending = _raw.Add(field);
        if (_pending == _codeOfRaw.Count)
        {
            _codeOfRaw.Add(IsMissing(field) ? Vocabulary.Missing : Unseen);
        }

        return null;
    }

    /// <inheritdoc/>
    public override void Commit()
    {
        var code = _codeOfRaw[_pending];
        if (code == Unseen)
        {
            var value = Mapped(_raw[_pending]);
            if (!_codes.TryGetValue(value, out code))
            {
                _codes.Add(value, code = _codes.Count);
            }

            _codeOfRaw[_pending] = code;
        }

        _rows.Add(code);
    }

    /// <inheritdoc/>
    public override Column Build() =>
        new CategoricalColumn(Name, _rows.ToArray(), new Vocabulary(_codes.Keys, isOrdered: false), Roles);
}
