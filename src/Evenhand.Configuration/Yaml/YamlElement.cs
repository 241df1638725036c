using System.Diagnostics.CodeAnalysis;

namespace Evenhand.Configuration.Yaml;

/// <summary>A node of a YAML document that knows where it was written. Immutable.</summary>
public sealed class YamlElement
{
    private YamlElement(YamlKind kind, YamlPlace place, string path)
    {
        Kind = kind;
        Place = place;
        Path = path;
    }

    /// <summary>The form of the node.</summary>
    public YamlKind Kind { get; }

    /// <summary>Where the node starts.</summary>
    public YamlPlace Place { get; }

    /// <summary>The file it was read from.</summary>
    public string File => Place.File;

    /// <summary>Line, from 1; 0 where there are no lines.</summary>
    public long Line => Place.Line;

    /// <summary>Column, from 1; 0 where there are no lines.</summary>
    public long Column => Place.Column;

    /// <summary>Keys and positions (from 0) from the root, joined by dots: <c>learners.0.bias</c>; empty for the
    /// root.</summary>
    public string Path { get; }

    /// <summary>Text of a scalar, escapes resolved; empty for other kinds.</summary>
    public string Text { get; private init; } = "";

    /// <summary>Whether a scalar was written in quotes, as a block or with the tag <c>!!str</c>, and hence is text
    /// whatever it looks like.</summary>
    public bool IsQuoted { get; private init; }

    /// <summary>Items of a list; empty for other kinds.</summary>
    public IReadOnlyList<YamlElement> Items { get; private init; } = [];

    /// <summary>Entries of a mapping in the order written, merged ones last; empty for other kinds.</summary>
    public IReadOnlyList<YamlEntry> Entries { get; private init; } = [];

    /// <summary>Number of nodes in this tree, with aliases counted as often as they are used.</summary>
    internal long Size { get; private init; } = 1;

    /// <summary>Whether this is nothing: an empty value, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => Kind == YamlKind.Null;

    /// <summary>A scalar.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="path">Its path, see <see cref="Path"/>.</param>
    /// <param name="text">Its text, escapes resolved.</param>
    /// <param name="quoted">Whether it is text whatever it looks like.</param>
    public static YamlElement Scalar(YamlPlace place, string path, string text, bool quoted) =>
        new(!quoted && YamlScalars.IsNull(text) ? YamlKind.Null : YamlKind.Scalar, place, path)
        {
            Text = text,
            IsQuoted = quoted,
        };

    /// <summary>A list.</summary>
    /// <param name="place">Where it starts.</param>
    /// <param name="path">Its path, see <see cref="Path"/>.</param>
    /// <param name="items">Its items.</param>
    public static YamlElement List(YamlPlace place, string path, IReadOnlyList<YamlElement> items) =>
        new(YamlKind.List, place, path) { Items = items, Size = 1 + items.Sum(item => item.Size) };

    /// <summary>A mapping.</summary>
    /// <param name="place">Where it starts.</param>
    /// <param name="path">Its path, see <see cref="Path"/>.</param>
    /// <param name="entries">Its entries; no two of the same key.</param>
    public static YamlElement Mapping(YamlPlace place, string path, IReadOnlyList<YamlEntry> entries) =>
        new(YamlKind.Mapping, place, path) { Entries = entries, Size = 1 + entries.Sum(entry => entry.Value.Size) };

    /// <summary>The path of a child of a node.</summary>
    public static string ChildPath(string path, string child) => path.Length == 0 ? child : $"{path}.{child}";

    /// <summary>The entry of a mapping with that key, or null.</summary>
    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);

    /// <summary>The value of a key of a mapping.</summary>
    public bool TryGet(string key, [NotNullWhen(true)] out YamlElement? value) =>
        (value = Find(key)?.Value) is not null;

    /// <summary>What was found, for messages: <c>text 'x'</c>, <c>the number 1.5</c>, <c>true</c>, <c>a list</c>,
    /// <c>nothing</c>.</summary>
    public string Describe() => Kind switch
    {
        YamlKind.Null => "nothing",
        YamlKind.List => "a list",
        YamlKind.Mapping => "a mapping",
        _ when !IsQuoted && YamlScalars.IsNumber(Text) => $"the number {Text}",
        _ when !IsQuoted && YamlScalars.TryBoolean(Text, out _) => Text,
        _ => $"text '{Shortened()}'",
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Place}: {Path} {Describe()}";

    private string Shortened()
    {
        var line = Text.ReplaceLineEndings(" ");
        return line.Length <= 60 ? line : string.Concat(line.AsSpan(0, 57), "...");
    }
}
