using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Evenhand.Data.Reading;

/// <summary>Reads one JSON object a line. A field is a key, with full stops for objects inside objects.</summary>
/// <remarks>Numbers, <c>true</c> and <c>false</c> come as they are written; <c>null</c>, a key that is not there and an
/// empty text as an empty field; a list as its JSON text.</remarks>
internal sealed class JsonRowReader : RowReader
{
    private readonly Stream _stream;
    private readonly LineReader _lines;
    private readonly string[] _paths;
    private readonly Dictionary<string, int> _index;
    private readonly (ArrayBufferWriter<byte> Value, int Offset)[] _fields;
    private byte[] _line = new byte[256];

    /// <summary>Reads the given keys, each of them named once.</summary>
    public JsonRowReader(Stream stream, IReadOnlyList<string> paths)
    {
        _stream = stream;
        _lines = new LineReader(stream);
        _paths = [.. paths];
        _index = paths.Index().ToDictionary(p => p.Item, p => p.Index, StringComparer.Ordinal);
        _fields = [.. paths.Select(_ => (new ArrayBufferWriter<byte>(), 0))];
        Header = paths;
    }

    /// <inheritdoc/>
    public override int FieldCount => _paths.Length;

    /// <inheritdoc/>
    public override long Line => _lines.Line;

    /// <inheritdoc/>
    public override bool Read()
    {
        while (_lines.TryRead(out var line))
        {
            if (line.IndexOfAnyExcept(" \t\r"u8) < 0)
            {
                continue;
            }

            if (_line.Length < line.Length)
            {
                _line = new byte[line.Length * 2];
            }

            line.CopyTo(_line);
            foreach (var (value, _) in _fields)
            {
                value.ResetWrittenCount();
            }

            Fault = null;
            Parse(_line.AsSpan(0, line.Length));
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Field(int index) => _fields[index].Value.WrittenSpan;

    /// <inheritdoc/>
    public override (long Line, long Column) PlaceOf(int index) =>
        (Line, InvalidUtf8.Characters(_line.AsSpan(0, _fields[index].Offset)) + 1);

    /// <inheritdoc/>
    public override void Dispose() => _stream.Dispose();

    private void Parse(ReadOnlySpan<byte> line)
    {
        if (InvalidUtf8.First(line) is >= 0 and var invalid)
        {
            SetFault(line, invalid, InvalidEncoding(line[invalid]));
            return;
        }

        var reader = new Utf8JsonReader(line);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                SetFault(line, (int)reader.TokenStartIndex, "expected a JSON object, such as {\"user\": 1}.");
                return;
            }

            if (ReadObject(ref reader, "") && reader.Read())
            {
                SetFault(line, (int)reader.TokenStartIndex, "something stands after the JSON object.");
            }
        }
        catch (JsonException error)
        {
            SetFault(line, (int)(error.BytePositionInLine ?? 0), "not valid JSON: " + Reason(error.Message));
        }
    }

    // The position in the message is that within one line; ours is in front of the message.
    private static string Reason(string message) =>
        message.IndexOf(" LineNumber:", StringComparison.Ordinal) is >= 0 and var end ? message[..end] : message;

    private void SetFault(ReadOnlySpan<byte> line, int offset, string reason)
    {
        Fault = reason;
        FaultPlace = (Line, InvalidUtf8.Characters(line[..Math.Min(offset, line.Length)]) + 1);
    }

    // False where something stands in the object that no text can hold.
    private bool ReadObject(ref Utf8JsonReader reader, string prefix)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueIsEscaped && !IsText((int)reader.TokenStartIndex, (int)reader.BytesConsumed))
            {
                return false;
            }

            var path = prefix + reader.GetString();
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject && HasBelow(path))
            {
                if (!ReadObject(ref reader, path + "."))
                {
                    return false;
                }
            }
            else if (!_index.TryGetValue(path, out var field))
            {
                reader.Skip();
            }
            else if (!Take(ref reader, field))
            {
                return false;
            }
        }

        return true;
    }

    // Whether the line is free of halves of characters from one byte to another; if not, the row is bad.
    private bool IsText(int start, int end)
    {
        var lone = JsonEscapes.FirstLoneSurrogate(_line.AsSpan(start, end - start));
        if (lone >= 0)
        {
            SetFault(
                _line.AsSpan(0, end),
                start + lone,
                $"'{Encoding.UTF8.GetString(_line.AsSpan(start + lone, 6))}' is half of a character (a surrogate "
                + "without its partner), as cutting a text within an emoji leaves it.");
        }

        return lone < 0;
    }

    private bool HasBelow(string path) =>
        Array.Exists(_paths, p => p.Length > path.Length && p[path.Length] == '.'
            && p.StartsWith(path, StringComparison.Ordinal));

    private bool Take(ref Utf8JsonReader reader, int field)
    {
        var start = (int)reader.TokenStartIndex;
        var value = _fields[field].Value;
        value.ResetWrittenCount();
        _fields[field].Offset = start;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.String when !reader.ValueIsEscaped:
                value.Write(reader.ValueSpan);
                break;
            case JsonTokenType.String when !IsText(start, (int)reader.BytesConsumed):
                return false;
            case JsonTokenType.String:
                value.Advance(reader.CopyString(value.GetSpan(reader.ValueSpan.Length)));
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                reader.Skip();
                if (!IsText(start, (int)reader.BytesConsumed))
                {
                    return false;
                }

                value.Write(_line.AsSpan(start, (int)reader.BytesConsumed - start));
                break;
            default:
                value.Write(reader.ValueSpan);
                break;
        }

        return true;
    }
}
