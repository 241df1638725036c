using System.Text;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Text;

namespace Evenhand.Data.Reading;

/// <summary>Takes the fields of one column and makes the column of them.</summary>
/// <remarks>A field is first parsed and then committed, so that a row with a bad field leaves nothing behind.</remarks>
internal abstract class ColumnBuilder
{
    private readonly byte[][] _missing;
    private readonly Dictionary<string, string>? _map;

    /// <summary>What all kinds share: missing markers and values to put in the place of others.</summary>
    protected ColumnBuilder(ColumnDescriptor descriptor, TableFormat format)
    {
        Name = descriptor.Name;
        Roles = ColumnRoleNames.ToRoles(descriptor.Role);
        var markers = format.Missing.Concat(descriptor.Missing).Where(m => m.Length > 0);
        _missing = [.. markers.Select(Encoding.UTF8.GetBytes)];
        _map = descriptor.Map.Count == 0 ? null : new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (value, other) in descriptor.Map)
        {
            _map!.TryAdd(ComparableText.Of(value), other);
        }
    }

    /// <summary>Name of the column.</summary>
    protected string Name { get; }

    /// <summary>Roles of the column.</summary>
    protected ColumnRoles Roles { get; }

    /// <summary>Whether values are put in the place of others.</summary>
    protected bool HasMap => _map is not null;

    /// <summary>Reads a field of the row.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public abstract string? Parse(ReadOnlySpan<byte> field);

    /// <summary>Keeps what was parsed last.</summary>
    public abstract void Commit();

    /// <summary>The column.</summary>
    public abstract Column Build();

    /// <summary>The builder for a column.</summary>
    public static ColumnBuilder For(ColumnDescriptor descriptor, TableFormat format) => descriptor.Type switch
    {
        ColumnType.Number => new NumberBuilder(descriptor, format),
        ColumnType.Text => new TextBuilder(descriptor, format),
        ColumnType.Date => new DateBuilder(descriptor, format),
        ColumnType.Categories => new CategorySetBuilder(descriptor, format),
        _ => new CategoryBuilder(descriptor, format),
    };

    /// <summary>Whether the field is empty or one of the markers.</summary>
    protected bool IsMissing(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty)
        {
            return true;
        }

        foreach (var marker in _missing)
        {
            if (field.SequenceEqual(marker))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The value in the place of another, or the value itself.</summary>
    protected string Mapped(string value) =>
        _map is not null && _map.TryGetValue(ComparableText.Of(value), out var other) ? other : value;

    /// <summary>A field for a message: shortened where it is long.</summary>
    protected static string Quote(ReadOnlySpan<byte> field)
    {
        var text = Encoding.UTF8.GetString(field);
        return text.Length <= 40 ? $"'{text}'" : $"'{text[..40]}...'";
    }
}
