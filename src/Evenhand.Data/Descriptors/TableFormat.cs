using Evenhand.Configuration;
using Evenhand.Data.Text;

namespace Evenhand.Data.Descriptors;

/// <summary>How rows are laid out in a file.</summary>
public enum FileKind
{
    /// <summary>Lines of fields with a delimiter between them.</summary>
    Delimited,

    /// <summary>One JSON object a line.</summary>
    JsonLines,
}

/// <summary>How the files of a table are written.</summary>
public sealed record TableFormat
{
    /// <summary>How rows are laid out.</summary>
    /// <value>Default: <c>delimited</c>.</value>
    public FileKind Kind { get; init; } = FileKind.Delimited;

    /// <summary>Name of a table format of an extension, which reads the files then; of the other keys
    /// <c>missing</c> and <c>decimal</c> still count.</summary>
    /// <value>Default: none.</value>
    public string? Reader { get; init; }

    /// <summary>What stands between two fields: one or more characters, or <c>tab</c>, or <c>blanks</c> (a run of
    /// blanks and tabs; blanks at the ends of the line do not count).</summary>
    /// <value>Default: a comma.</value>
    public string Delimiter { get; init; } = ",";

    /// <summary>Whether the first line names the columns. Without it the columns are the declared ones, in
    /// order.</summary>
    /// <value>Default: true.</value>
    public bool Header { get; init; } = true;

    /// <summary>Whether a field may be quoted with <c>"</c> (RFC 4180: a quote inside is doubled, line breaks may
    /// occur). Without quotes a <c>"</c> is a character like any other.</summary>
    /// <value>Default: true. Quotes need a delimiter of one character.</value>
    public bool Quotes { get; init; } = true;

    /// <summary>Encoding of the file: <c>utf-8</c> (a byte order mark is passed over) or <c>iso-8859-1</c>.</summary>
    /// <value>Default: <c>utf-8</c>.</value>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>Values that stand for a missing one, besides the empty field.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The decimal sign of numbers: <c>.</c> or <c>,</c>.</summary>
    /// <value>Default: a full stop.</value>
    public string Decimal { get; init; } = ".";

    /// <summary>Whether blanks and tabs around a field are removed (inside quotes they are kept).</summary>
    /// <value>Default: false. Numbers are read with blanks around them in any case.</value>
    public bool Trim { get; init; }

    /// <summary>A character that starts a line to be passed over; null where there is none.</summary>
    /// <value>Default: none.</value>
    public string? Comment { get; init; }

    /// <summary>Names of <see cref="Encoding"/> that are understood.</summary>
    internal static IReadOnlyList<string> Encodings { get; } = ["utf-8", "iso-8859-1"];

    /// <summary>Whether fields are parted by runs of blanks.</summary>
    internal bool IsBlanks => Delimiter == "blanks";

    /// <summary>The decimal sign as a character.</summary>
    internal char DecimalSign => Decimal == "," ? ',' : NumberText.Point;

    /// <summary>The characters between two fields.</summary>
    internal string DelimiterText => Delimiter switch
    {
        "tab" => "\t",
        "blanks" => " ",
        _ => Delimiter,
    };

    /// <summary>What is wrong with the form: the key, what is wrong with it and what was expected.</summary>
    public IEnumerable<(string Key, string Message)> Problems()
    {
        if (!Encodings.Contains(Encoding))
        {
            yield return (
                "encoding", $"unknown encoding '{Encoding}'.{NearestName.Hint(Encoding, [.. Encodings])}");
        }

        if (Decimal is not ("." or ","))
        {
            yield return ("decimal", "expected '.' or ','");
        }

        if (Comment is { } comment && (comment.Length != 1 || !char.IsAscii(comment[0])))
        {
            yield return ("comment", "expected one ASCII character");
        }

        if (Kind == FileKind.JsonLines || Reader is not null)
        {
            yield break;
        }

        var delimiter = DelimiterText;
        if (delimiter.Length == 0 || delimiter.AsSpan().IndexOfAny('\n', '\r', '"') >= 0)
        {
            yield return (
                "delimiter", "expected characters other than quotes and line breaks, or tab, or blanks");
        }
        else if (Quotes && (IsBlanks || delimiter.Length != 1 || !char.IsAscii(delimiter[0])))
        {
            yield return (
                "delimiter", "quotes need a delimiter of one ASCII character; say 'quotes: false' for this one");
        }
        else if (!Quotes && Decimal == delimiter)
        {
            yield return ("decimal", "the decimal sign and the delimiter are the same");
        }
    }
}
