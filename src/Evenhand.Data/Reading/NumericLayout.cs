using System.Text;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Reading;

/// <summary>What a field of a plain numeric file becomes.</summary>
internal enum NumericField
{
    /// <summary>Nothing.</summary>
    Skip,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A code of an integer id.</summary>
    Id,
}

/// <summary>How the lines of a plain numeric file are cut, and what becomes of the fields.</summary>
internal sealed class NumericLayout
{
    private NumericLayout(TableFormat format, NumericField[] fields, ColumnDescriptor[] columns, int[] positions)
    {
        Fields = fields;
        Columns = columns;
        Positions = positions;
        IsBlanks = format.IsBlanks;
        Delimiter = Encoding.UTF8.GetBytes(format.DelimiterText);
        HasHeader = format.Header;
    }

    /// <summary>What becomes of each field of a line.</summary>
    public NumericField[] Fields { get; }

    /// <summary>The columns that are read.</summary>
    public ColumnDescriptor[] Columns { get; }

    /// <summary>The field of each column.</summary>
    public int[] Positions { get; }

    /// <summary>Whether fields are parted by runs of blanks.</summary>
    public bool IsBlanks { get; }

    /// <summary>What stands between two fields.</summary>
    public byte[] Delimiter { get; }

    /// <summary>Whether the first line is a header.</summary>
    public bool HasHeader { get; }

    /// <summary>The layout, or null where the table asks for more than plain numbers.</summary>
    public static NumericLayout? For(TableDescriptor table, ColumnDescriptor[] columns, int[] positions, int fieldCount)
    {
        var format = table.Format;
        if (format.Kind != FileKind.Delimited || format.Decimal != "." || format.Comment is not null
            || format.Missing.Any(IsNumeric)
            || columns.Any(c => c.Type is not (ColumnType.Number or ColumnType.Category)
                || c.Map.Count > 0 || c.Missing.Any(IsNumeric))
            || positions.Distinct().Count() != positions.Length
            || columns.Length == 0)
        {
            return null;
        }

        var fields = new NumericField[fieldCount];
        for (var i = 0; i < columns.Length; i++)
        {
            fields[positions[i]] = columns[i].Type == ColumnType.Number ? NumericField.Number : NumericField.Id;
        }

        return new NumericLayout(format, fields, columns, positions);
    }

    // A marker such as '?' is no number, so a line that holds one leaves the fast way by itself.
    private static bool IsNumeric(string marker) => marker.AsSpan().IndexOfAnyInRange('0', '9') >= 0;
}
