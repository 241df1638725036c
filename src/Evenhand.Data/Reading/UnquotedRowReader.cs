using System.Text;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Reading;

/// <summary>Reads delimited lines in which quotes have no meaning; a line is a row.</summary>
internal sealed class UnquotedRowReader : RowReader
{
    private readonly Stream _stream;
    private readonly LineReader _lines;
    private readonly byte[] _delimiter;
    private readonly bool _blanks;
    private readonly bool _trim;
    private readonly byte? _comment;
    private readonly List<(int Start, int End)> _fields = [];
    private byte[] _line = new byte[256];
    private int _length;

    /// <summary>Reads the header, where there is one.</summary>
    public UnquotedRowReader(Stream stream, TableFormat format)
    {
        _stream = stream;
        _lines = new LineReader(stream);
        _delimiter = Encoding.UTF8.GetBytes(format.DelimiterText);
        _blanks = format.IsBlanks;
        _trim = format.Trim;
        _comment = format.Comment is { Length: > 0 } comment ? (byte)comment[0] : null;
        if (format.Header)
        {
            Header = Read() ? NameCells(Enumerable.Range(0, FieldCount).Select(Cell)) : [];
        }
    }

    /// <inheritdoc/>
    public override int FieldCount => _fields.Count;

    /// <inheritdoc/>
    public override long Line => _lines.Line;

    /// <inheritdoc/>
    public override bool Read()
    {
        while (_lines.TryRead(out var line))
        {
            if (IsPassedOver(line))
            {
                continue;
            }

            if (_line.Length < line.Length)
            {
                _line = new byte[line.Length * 2];
            }

            line.CopyTo(_line);
            _length = line.Length;
            Fault = null;
            var invalid = InvalidUtf8.First(line);
            if (invalid >= 0)
            {
                Fault = InvalidEncoding(line[invalid]);
                FaultPlace = (Line, InvalidUtf8.Characters(line[..invalid]) + 1);
            }

            _fields.Clear();
            if (_blanks)
            {
                CutAtBlanks(line);
            }
            else
            {
                CutAtDelimiter(line);
            }

            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Field(int index)
    {
        var (start, end) = _fields[index];
        return _line.AsSpan(start, end - start);
    }

    /// <inheritdoc/>
    public override (long Line, long Column) PlaceOf(int index) =>
        (Line, InvalidUtf8.Characters(_line.AsSpan(0, index < _fields.Count ? _fields[index].Start : _length)) + 1);

    /// <inheritdoc/>
    public override void Dispose() => _stream.Dispose();

    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t';

    private string Cell(int index) => Encoding.UTF8.GetString(Field(index).Trim(" \t"u8));

    private bool IsPassedOver(ReadOnlySpan<byte> line) =>
        line.IsEmpty || line[0] == _comment || ((_blanks || _trim) && line.IndexOfAnyExcept(" \t\r"u8) < 0);

    private void CutAtBlanks(ReadOnlySpan<byte> line)
    {
        var at = 0;
        while (true)
        {
            while (at < line.Length && IsBlank(line[at]))
            {
                at++;
            }

            if (at == line.Length)
            {
                return;
            }

            var start = at;
            while (at < line.Length && !IsBlank(line[at]))
            {
                at++;
            }

            _fields.Add((start, at));
        }
    }

    private void CutAtDelimiter(ReadOnlySpan<byte> line)
    {
        var start = 0;
        while (true)
        {
            var found = line[start..].IndexOf(_delimiter);
            var end = found < 0 ? line.Length : start + found;
            _fields.Add(_trim ? Trimmed(line, start, end) : (start, end));
            if (found < 0)
            {
                return;
            }

            start = end + _delimiter.Length;
        }
    }

    private static (int Start, int End) Trimmed(ReadOnlySpan<byte> line, int start, int end)
    {
        while (start < end && IsBlank(line[start]))
        {
            start++;
        }

        while (end > start && IsBlank(line[end - 1]))
        {
            end--;
        }

        return (start, end);
    }
}
