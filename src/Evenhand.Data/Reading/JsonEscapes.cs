using System.Buffers.Text;

namespace Evenhand.Data.Reading;

/// <summary>Looks at the escapes of JSON text.</summary>
internal static class JsonEscapes
{
    private const int Length = 6;

    /// <summary>Bytes before the first escape of half of a character (a surrogate without its partner, as cutting a
    /// text within an emoji leaves it), or -1 where there is none.</summary>
    /// <remarks>JSON allows it (RFC 8259, section 8.2), and no text can hold it.</remarks>
    public static int FirstLoneSurrogate(ReadOnlySpan<byte> json)
    {
        for (var at = 0; at < json.Length;)
        {
            var found = json[at..].IndexOf((byte)'\\');
            if (found < 0)
            {
                break;
            }

            at += found;
            var unit = Unit(json[at..]);
            if (char.IsHighSurrogate(unit) && char.IsLowSurrogate(Unit(json[(at + Length)..])))
            {
                at += 2 * Length;
            }
            else if (char.IsSurrogate(unit))
            {
                return at;
            }
            else
            {
                at += 2;
            }
        }

        return -1;
    }

    // The UTF-16 unit that is escaped at the start; a space where none is.
    private static char Unit(ReadOnlySpan<byte> json) =>
        json.Length >= Length && json.StartsWith("\\u"u8)
        && Utf8Parser.TryParse(json[2..Length], out ushort unit, out var used, 'x') && used == Length - 2
            ? (char)unit
            : ' ';
}
