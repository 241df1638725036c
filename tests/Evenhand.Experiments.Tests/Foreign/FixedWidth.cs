using System.Text;
using Evenhand.Data.Reading;

namespace Evenhand.Experiments.Tests.Foreign;

/// <summary>A table format of somebody else's: fields of eight characters, names in the first line.</summary>
public sealed class FixedWidth : RowReader
{
    private const int Width = 8;

    private readonly StreamReader _lines;
    private string[] _fields = [];
    private long _line = 1;

    public FixedWidth(Stream content)
    {
        _lines = new StreamReader(content, Encoding.UTF8);
        Header = Cut(_lines.ReadLine() ?? throw new InvalidDataException("it has no line of names"));
    }

    public static TableFormatDescriptor Descriptor { get; } =
        TableFormatDescriptor.Of("fixed-width", "Fields of eight characters.", (content, _) => new FixedWidth(content));

    public override int FieldCount => _fields.Length;

    public override long Line => _line;

    public override bool Read()
    {
        if (_lines.ReadLine() is not { } line)
        {
            return false;
        }

        _line++;
        _fields = Cut(line);
        Fault = line.Contains('!', StringComparison.Ordinal) ? "a row must not shout." : null;
        FaultPlace = (_line, 1);
        return true;
    }

    public override ReadOnlySpan<byte> Field(int index) => Encoding.UTF8.GetBytes(_fields[index]);

    public override (long Line, long Column) PlaceOf(int index) => (_line, (index * Width) + 1);

    public override void Dispose() => _lines.Dispose();

    private static string[] Cut(string line) =>
        [.. line.Chunk(Width).Select(field => new string(field).TrimEnd())];
}
