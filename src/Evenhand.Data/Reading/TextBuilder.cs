using System.Text;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Reading;

/// <summary>Reads free text.</summary>
internal sealed class TextBuilder : ColumnBuilder
{
    private readonly List<string?> _values = [];
    private string? _pending;

    /// <summary>Text is taken as it is; an empty one is missing.</summary>
    public TextBuilder(ColumnDescriptor descriptor, TableFormat format)
        : base(descriptor, format)
    {
    }

    /// <inheritdoc/>
    public override string? Parse(ReadOnlySpan<byte> field)
    {
        _pending = IsMissing(field) ? null : Mapped(Encoding.UTF8.GetString(field));
        return null;
    }

    /// <inheritdoc/>
    public override void Commit() => _values.Add(_pending);

    /// <inheritdoc/>
    public override Column Build() => new TextColumn(Name, _values.ToArray(), Roles);
}
