using System.Text;
using Evenhand.Configuration;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Reading;

/// <summary>What of a form may be found out from a file.</summary>
[Flags]
public enum FormatParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>What stands between two fields.</summary>
    Delimiter = 1,

    /// <summary>Whether quotes have a meaning.</summary>
    Quotes = 2,

    /// <summary>Whether blanks around fields are removed.</summary>
    Trim = 4,
}

/// <summary>Finds out how a delimited file with a header is written, where it is certain.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>The delimiter is another than assumed where the header does not hold the assumed one, and only one of comma,
/// semicolon, tab and vertical bar cuts the header and each of the next lines into one number of fields, two at
/// least.</item>
/// <item>Quotes are characters like any other where, cut without regard to them, each line of the file has the fields
/// of the header, and with regard to them a field would go on over the end of a line, or a quote stand where none may
/// (RFC 4180).</item>
/// <item>Blanks around fields are removed where a name of the header has some.</item>
/// </list>
/// </remarks>
public static class FormatSniffer
{
    private const int LinesForDelimiter = 100;

    private static readonly string[] Delimiters = [",", ";", "tab", "|"];

    /// <summary>The form of a file, as far as it is certain.</summary>
    /// <param name="path">The file.</param>
    /// <param name="assumed">What holds where nothing else is found.</param>
    /// <param name="parts">What may be found out.</param>
    /// <param name="found">Told what was found, one sentence each.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static TableFormat Sniff(
        string path,
        TableFormat assumed,
        FormatParts parts,
        Action<string> found,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(assumed);
        ArgumentNullException.ThrowIfNull(found);
        if (assumed.Kind != FileKind.Delimited || assumed.IsBlanks || !assumed.Header)
        {
            return assumed;
        }

        var format = assumed;
        if (parts.HasFlag(FormatParts.Delimiter) && OtherDelimiter(path, format) is { } delimiter)
        {
            format = format with { Delimiter = delimiter };
            found($"{path}: fields are taken apart at {(delimiter == "tab" ? "tabs" : $"'{delimiter}'")}.");
        }

        if (parts.HasFlag(FormatParts.Trim) && !format.Trim && HasBlanksAround(path, format))
        {
            format = format with { Trim = true };
            found($"{path}: blanks around fields are removed.");
        }

        if (parts.HasFlag(FormatParts.Quotes) && format.Quotes
            && new QuoteScan(format).AreCharacters(path, cancellationToken))
        {
            format = format with { Quotes = false };
            found($"{path}: quotes are read as characters like any other, as each line is whole without them.");
        }

        return format;
    }

    /// <summary>Whether the header of a file holds a delimiter.</summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static bool IsInHeader(string path, TableFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return FirstLines(path, format, 1) is [var header, ..]
            && header.Contains(format.DelimiterText, StringComparison.Ordinal);
    }

    private static string? OtherDelimiter(string path, TableFormat format)
    {
        var lines = FirstLines(path, format, LinesForDelimiter);
        if (lines.Count == 0 || lines[0].Contains(format.DelimiterText, StringComparison.Ordinal))
        {
            return null;
        }

        var fitting = Delimiters.Where(delimiter =>
        {
            var text = format with { Delimiter = delimiter };
            var counts = lines.Select(line => line.AsSpan().Count(text.DelimiterText)).Distinct().ToArray();
            return counts is [> 0];
        }).ToArray();
        return fitting is [var only] ? only : null;
    }

    private static bool HasBlanksAround(string path, TableFormat format) =>
        FirstLines(path, format, 1) is [var header]
        && header.Split(format.DelimiterText) is { Length: > 1 } cells
        && Array.Exists(cells, cell => cell.AsSpan().Trim(" \t").Length is > 0 and var length && length < cell.Length);

    private static List<string> FirstLines(string path, TableFormat format, int count)
    {
        using var source = SourceFile.Open(path, null, format.Encoding);
        var reader = new LineReader(source.Content);
        var lines = new List<string>();
        while (lines.Count < count && reader.TryRead(out var line))
        {
            if (!line.IsEmpty && !(format.Comment is { Length: 1 } comment && line[0] == comment[0]))
            {
                lines.Add(Encoding.UTF8.GetString(line));
            }
        }

        return lines;
    }
}
