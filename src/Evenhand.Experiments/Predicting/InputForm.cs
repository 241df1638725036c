using Evenhand.Configuration;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Reading;

namespace Evenhand.Experiments.Predicting;

/// <summary>How a file that a user hands to a command is written, as far as the user says so. What is not said is that
/// of <see cref="Like"/>, else what the name of the file and the file itself tell.</summary>
/// <remarks>The file has a header in any case. The properties are those of <see cref="TableFormat"/>.</remarks>
public sealed record InputForm
{
    /// <summary>What stands between two fields.</summary>
    /// <value>not said</value>
    public string? Delimiter { get; init; }

    /// <summary>The encoding.</summary>
    /// <value>not said</value>
    public string? Encoding { get; init; }

    /// <summary>The decimal sign.</summary>
    /// <value>not said</value>
    public string? Decimal { get; init; }

    /// <summary>Whether quotes have a meaning.</summary>
    /// <value>not said</value>
    public bool? Quotes { get; init; }

    /// <summary>Values that stand for a missing one.</summary>
    /// <value>not said</value>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>Whether blanks around fields are removed.</summary>
    /// <value>not said</value>
    public bool? Trim { get; init; }

    /// <summary>A character that starts a line to be passed over.</summary>
    /// <value>not said</value>
    public string? Comment { get; init; }

    /// <summary>The form of other files, which this one has as well.</summary>
    /// <value>none</value>
    public TableFormat? Like { get; init; }

    /// <summary>The form of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="noted">Told what was found out and not said, one sentence each.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="InputException">What is said is not valid, or the file cannot be read.</exception>
    public TableFormat Resolve(string path, Action<string> noted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(noted);
        if (Like is { Reader: not null } && !TableFile.IsNamed(path))
        {
            return Like;
        }

        var format = Basis(path, noted);
        if (Delimiter is { } delimiter)
        {
            // Quotes need a delimiter of one character.
            delimiter = delimiter == "\\t" ? "tab" : delimiter;
            format = format with
            {
                Delimiter = delimiter,
                Quotes = format.Quotes && (delimiter is "tab" or { Length: 1 }),
            };
        }

        format = format with
        {
            Encoding = Encoding ?? format.Encoding,
            Decimal = Decimal ?? format.Decimal,
            Quotes = Quotes ?? format.Quotes,
            Missing = Missing ?? format.Missing,
            Trim = Trim ?? format.Trim,
            Comment = Comment ?? format.Comment,
        };
        foreach (var (key, message) in format.Problems())
        {
            throw new InputException($"--{key}: {message}");
        }

        var open = (Delimiter is null ? FormatParts.Delimiter : FormatParts.None)
            | (Quotes is null ? FormatParts.Quotes : FormatParts.None)
            | (Trim is null ? FormatParts.Trim : FormatParts.None);
        return FormatSniffer.Sniff(path, format, open, noted, cancellationToken);
    }

    // The form of the other files, unless name and header of this one tell that it is another.
    private TableFormat Basis(string path, Action<string> noted)
    {
        var byName = TableFile.FormatOf(path);
        if (Like is null or { Reader: not null })
        {
            return byName;
        }

        var like = Like with { Header = true };
        var isSame = like.Kind == byName.Kind
            && (Delimiter is not null || like.Kind == FileKind.JsonLines || like.Delimiter == byName.Delimiter
                || like.Delimiter == "blanks" || FormatSniffer.IsInHeader(path, like));
        if (!isSame)
        {
            return byName with { Encoding = like.Encoding, Missing = like.Missing };
        }

        var differences = Differences(like, byName);
        if (differences.Length > 0)
        {
            noted($"{path}: read as the data that it is like, with {differences}.");
        }

        return like;
    }

    private static string Differences(TableFormat like, TableFormat other)
    {
        var differences = new List<string>();
        Add("delimiter", like.Delimiter, other.Delimiter);
        Add("encoding", like.Encoding, other.Encoding);
        Add("decimal", like.Decimal, other.Decimal);
        Add("quotes", like.Quotes ? "true" : "false", other.Quotes ? "true" : "false");
        Add("missing", string.Join(",", like.Missing), string.Join(",", other.Missing));
        Add("trim", like.Trim ? "true" : "false", other.Trim ? "true" : "false");
        Add("comment", like.Comment ?? "", other.Comment ?? "");
        return string.Join(", ", differences);

        void Add(string key, string value, string otherValue)
        {
            if (value != otherValue)
            {
                differences.Add($"{key} '{value}'");
            }
        }
    }
}
