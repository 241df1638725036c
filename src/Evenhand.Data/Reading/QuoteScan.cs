using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Reading;

/// <summary>Looks through a file for quotes that delimit no field.</summary>
/// <param name="format">How the file is written; a delimiter of one ASCII character.</param>
internal sealed class QuoteScan(TableFormat format)
{
    private const byte Quote = (byte)'"';
    private const int LinesBetweenPolls = 1 << 14;

    private readonly byte _delimiter = (byte)format.DelimiterText[0];

    /// <summary>Whether each line has the fields of the header when quotes are characters, and rows would run over
    /// lines or break when they are not.</summary>
    public bool AreCharacters(string path, CancellationToken cancellationToken)
    {
        using var source = SourceFile.Open(path, null, format.Encoding);
        var reader = new LineReader(source.Content);
        var (fields, isOpen, breaks) = (0, false, false);
        while (reader.TryRead(out var line))
        {
            if (reader.Line % LinesBetweenPolls == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (line.IsEmpty || (!isOpen && format.Comment is { Length: 1 } comment && line[0] == comment[0]))
            {
                continue;
            }

            var own = line.Count(_delimiter) + 1;
            fields = fields == 0 ? own : fields;
            if (own != fields || fields < 2)
            {
                return false;
            }

            if (isOpen || line.Contains(Quote))
            {
                breaks |= !Pass(line, ref isOpen) || isOpen;
            }
        }

        return breaks;
    }

    // False where a quote stands where RFC 4180 has none.
    private bool Pass(ReadOnlySpan<byte> line, ref bool isOpen)
    {
        var starts = !isOpen;
        for (var i = 0; i < line.Length; i++)
        {
            var isQuote = line[i] == Quote;
            if (isOpen && isQuote && i + 1 < line.Length && line[i + 1] == Quote)
            {
                i++;
            }
            else if (isOpen && isQuote)
            {
                isOpen = false;
                if (!EndsField(line[(i + 1)..]))
                {
                    return false;
                }
            }
            else if (!isOpen && isQuote)
            {
                if (!starts)
                {
                    return false;
                }

                isOpen = true;
            }

            starts = !isOpen && (line[i] == _delimiter || (starts && format.Trim && IsBlank(line[i])));
        }

        return true;
    }

    private bool EndsField(ReadOnlySpan<byte> rest)
    {
        while (format.Trim && !rest.IsEmpty && IsBlank(rest[0]))
        {
            rest = rest[1..];
        }

        return rest.IsEmpty || rest[0] == _delimiter;
    }

    private bool IsBlank(byte value) => value != _delimiter && value is (byte)' ' or (byte)'\t';
}
