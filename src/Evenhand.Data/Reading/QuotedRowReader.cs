using System.Text;
using CsvHelper;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Reading;

/// <summary>Reads delimited rows in which a field may be quoted (RFC 4180) and then hold line breaks.</summary>
internal sealed class QuotedRowReader : RowReader
{
    private readonly CsvReader _csv;
    private readonly bool _trim;
    private CsvMalformedRecord? _malformed;

    /// <summary>Reads the header, where there is one.</summary>
    public QuotedRowReader(Stream stream, TableFormat format)
    {
        _trim = format.Trim;
        _csv = CsvReader.Create(stream, new CsvReaderOptions
        {
            Separator = format.DelimiterText[0],
            HasHeader = false,
            TrackLineNumbers = true,
            TrimWhitespace = format.Trim,
            CommentPrefix = format.Comment is { Length: > 0 } comment ? comment[0] : null,
            OnMalformedRecord = record => _malformed = record,
            BufferSize = 1 << 18,
        });
        if (format.Header)
        {
            Header = Read() ? NameCells(Enumerable.Range(0, FieldCount).Select(Cell)) : [];
        }
    }

    /// <inheritdoc/>
    public override int FieldCount => _csv.FieldCount;

    /// <inheritdoc/>
    public override long Line => _csv.LineNumber;

    /// <inheritdoc/>
    public override bool Read()
    {
        do
        {
            if (!_csv.Read())
            {
                return false;
            }
        }
        while (_trim && _csv.RawRecord.IndexOfAnyExcept(" \t\r"u8) < 0);

        Fault = null;
        if (_malformed is { } malformed && malformed.LineNumber == _csv.LineNumber)
        {
            Fault = malformed.Reason switch
            {
                CsvMalformedReason.StrayQuote =>
                    "a quote inside a field that does not start with one; double it and quote the field, "
                    + "or say 'false' with the key or option 'quotes'.",
                CsvMalformedReason.TextAfterClosingQuote => "text after the closing quote of a field.",
                _ => "a quoted field is not closed before the end of the file.",
            };
            FaultPlace = malformed.Reason == CsvMalformedReason.UnterminatedQuote
                ? PlaceOf(FieldCount - 1)
                : Place((int)(malformed.ByteOffset - _csv.ByteOffset));
        }
        else if (InvalidUtf8.First(_csv.RawRecord) is >= 0 and var invalid)
        {
            Fault = InvalidEncoding(_csv.RawRecord[invalid]);
            FaultPlace = Place(invalid);
        }

        _malformed = null;
        return true;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Field(int index) => _csv.GetSpan(index);

    /// <inheritdoc/>
    public override (long Line, long Column) PlaceOf(int index)
    {
        var record = _csv.RawRecord;
        if (index >= FieldCount)
        {
            return Place(record.Length);
        }

        record.Overlaps(_csv.GetRawSpan(index), out var offset);
        return Place(offset);
    }

    /// <inheritdoc/>
    public override void Dispose() => _csv.Dispose();

    private string Cell(int index) => Encoding.UTF8.GetString(Field(index).Trim(" \t"u8));

    private (long Line, long Column) Place(int offset)
    {
        var before = _csv.RawRecord[..Math.Clamp(offset, 0, _csv.RawRecord.Length)];
        var lastBreak = before.LastIndexOf((byte)'\n');
        return (Line + before.Count((byte)'\n'), InvalidUtf8.Characters(before[(lastBreak + 1)..]) + 1);
    }
}
