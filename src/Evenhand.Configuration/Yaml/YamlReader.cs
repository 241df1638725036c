using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Evenhand.Configuration.Yaml;

/// <summary>Reads one YAML document into a tree of nodes that know where they were written.</summary>
/// <remarks>
/// Anchors and aliases work, and so do merge keys (<c>&lt;&lt;</c>; explicit keys win, then the earlier of several).
/// Duplicate keys, keys that are not text, tags other than those of the core schema, several documents, nesting deeper
/// than <see cref="MaximumDepth"/> and aliases that expand to more than <see cref="MaximumSize"/> nodes are problems.
/// </remarks>
public sealed class YamlReader
{
    /// <summary>How deep lists and mappings may be nested.</summary>
    public const int MaximumDepth = 100;

    /// <summary>How many nodes a document may have, aliases counted as often as they are used.</summary>
    public const int MaximumSize = 1_000_000;

    private const string CoreTags = "tag:yaml.org,2002:";

    private readonly string _file;
    private readonly bool _hasLines;
    private readonly YamlProblems _problems;
    private readonly GuardedParser _parser;
    private readonly Dictionary<AnchorName, YamlElement?> _anchors = [];

    private YamlReader(string file, string text, bool hasLines, YamlProblems problems)
    {
        _file = file;
        _hasLines = hasLines;
        _problems = problems;
        _parser = new GuardedParser(new Parser(new StringReader(text)));
    }

    /// <summary>Reads a document.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <param name="problems">Takes everything that is wrong.</param>
    /// <returns>The root, or null where the document is empty or no YAML (a problem was added).</returns>
    public static YamlElement? Read(string file, string text, YamlProblems problems) =>
        Read(file, text, "", hasLines: true, problems);

    /// <summary>Reads a fragment such as the value of an option of the command line: places name the file
    /// alone.</summary>
    /// <param name="file">What stands for the file in messages.</param>
    /// <param name="text">The fragment.</param>
    /// <param name="path">The path that its root gets, see <see cref="YamlElement.Path"/>.</param>
    /// <param name="problems">Takes everything that is wrong.</param>
    /// <returns>The root, or null where it is no YAML (a problem was added); an empty fragment is nothing.</returns>
    public static YamlElement? ReadFragment(string file, string text, string path, YamlProblems problems) =>
        string.IsNullOrWhiteSpace(text)
            ? YamlElement.Scalar(new YamlPlace(file, 0, 0), path, "", quoted: false)
            : Read(file, text, path, hasLines: false, problems);

    private static YamlElement? Read(string file, string text, string path, bool hasLines, YamlProblems problems)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(problems);
        var content = text.StartsWith('\uFEFF') ? text[1..] : text;
        var reader = new YamlReader(file, content, hasLines, problems);
        try
        {
            return reader.ReadDocument(path);
        }
        catch (YamlException e)
        {
            reader.AddSyntaxProblem(content, e);
            return null;
        }
        catch (StopReadingException e)
        {
            problems.Add(e.Place, e.Message);
            return null;
        }
    }

    private YamlElement? ReadDocument(string path)
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            _problems.Add(Place(Mark.Empty), "the file is empty");
            return null;
        }

        var root = ReadNode(path, depth: 1);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            _problems.Add(Place(second.Start), "a second document starts here: a file holds one");
        }

        if (root.IsNull && path.Length == 0)
        {
            _problems.Add(root.Place, "the file is empty");
            return null;
        }

        return root;
    }

    private YamlElement ReadNode(string path, int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Resolve(alias);
        }

        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return Remember(scalar.Anchor, ReadScalar(scalar, path));
        }

        if (depth > MaximumDepth)
        {
            throw new StopReadingException(Place(_parser.Current!.Start), $"nested deeper than {MaximumDepth} levels");
        }

        if (_parser.TryConsume<SequenceStart>(out var sequence))
        {
            Open(sequence.Anchor);
            CheckTag(sequence.Tag, sequence.Start, "seq");
            return Remember(sequence.Anchor, ReadList(sequence, path, depth));
        }

        var mapping = _parser.Consume<MappingStart>();
        Open(mapping.Anchor);
        CheckTag(mapping.Tag, mapping.Start, "map");
        return Remember(mapping.Anchor, ReadMapping(mapping, path, depth));
    }

    private YamlElement ReadScalar(Scalar scalar, string path)
    {
        var isText = scalar.Style is not ScalarStyle.Plain;
        if (!scalar.Tag.IsEmpty)
        {
            isText |= scalar.Tag.IsNonSpecific || scalar.Tag.Value == CoreTags + "str";
            CheckTag(scalar.Tag, scalar.Start, "str", "int", "float", "bool", "null");
        }

        CheckCharacters(scalar);
        return YamlElement.Scalar(Place(scalar.Start), path, scalar.Value, isText);
    }

    private YamlElement ReadList(SequenceStart start, string path, int depth)
    {
        var items = new List<YamlElement>();
        var size = 0L;
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(YamlElement.ChildPath(path, $"{items.Count}"), depth + 1));
            CheckSize(size += items[^1].Size, items[^1].Place);
        }

        return YamlElement.List(Place(start.Start), path, items);
    }

    private YamlElement ReadMapping(MappingStart start, string path, int depth)
    {
        var entries = new List<YamlEntry>();
        var places = new Dictionary<string, YamlPlace>(StringComparer.Ordinal);
        var merged = new List<YamlElement>();
        var size = 0L;
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadKey(path);
            var value = ReadNode(YamlElement.ChildPath(path, key.Text), depth + 1);
            CheckSize(size += value.Size, value.Place);
            if (key is { Text: "<<", IsQuoted: false })
            {
                merged.Add(value);
            }
            else if (!places.TryAdd(key.Text, key.Place))
            {
                var first = places[key.Text];
                var where = first.Line == 0 ? "" : $"; it is first in line {first.Line}";
                var owner = path.Length == 0 ? "" : $"{path}: ";
                _problems.Add(key.Place, $"{owner}key '{key.Text}' is given twice{where}");
            }
            else
            {
                entries.Add(new YamlEntry(key.Text, key.Place, value));
            }
        }

        foreach (var element in merged)
        {
            Merge(element, entries, places);
        }

        return YamlElement.Mapping(Place(start.Start), path, entries);
    }

    private YamlElement ReadKey(string path)
    {
        if (_parser.Accept<Scalar>(out var scalar))
        {
            _parser.MoveNext();
            CheckTag(scalar.Tag, scalar.Start, "str", "int", "float", "bool", "null");
            CheckCharacters(scalar);
            var quoted = scalar.Style is not ScalarStyle.Plain;
            return Remember(scalar.Anchor, YamlElement.Scalar(Place(scalar.Start), path, scalar.Value, quoted));
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias) && Resolve(alias) is { Kind: YamlKind.Scalar } aliased)
        {
            return aliased;
        }

        throw new StopReadingException(Place(_parser.Current!.Start), "a key must be text");
    }

    private void Merge(YamlElement element, List<YamlEntry> entries, Dictionary<string, YamlPlace> places)
    {
        var sources = element.Kind == YamlKind.List ? element.Items : [element];
        foreach (var source in sources)
        {
            if (source.Kind != YamlKind.Mapping)
            {
                _problems.AddExpected(source, "a mapping to merge, or a list of mappings");
                continue;
            }

            entries.AddRange(source.Entries.Where(entry => places.TryAdd(entry.Key, entry.Place)));
        }
    }

    private YamlElement Resolve(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out var element))
        {
            throw new StopReadingException(Place(alias.Start), $"no anchor '&{alias.Value}' comes before this alias");
        }

        return element
            ?? throw new StopReadingException(
                Place(alias.Start), $"alias '*{alias.Value}' refers to the node that holds it");
    }

    private void Open(AnchorName anchor)
    {
        if (!anchor.IsEmpty)
        {
            _anchors[anchor] = null;
        }
    }

    private YamlElement Remember(AnchorName anchor, YamlElement element)
    {
        if (!anchor.IsEmpty)
        {
            _anchors[anchor] = element;
        }

        return element;
    }

    private void CheckTag(TagName tag, in Mark mark, params ReadOnlySpan<string> allowed)
    {
        if (tag.IsEmpty || tag.IsNonSpecific)
        {
            return;
        }

        foreach (var name in allowed)
        {
            if (tag.Value == CoreTags + name)
            {
                return;
            }
        }

        _problems.Add(Place(mark), $"tag '{tag.Value}' has no meaning here: leave it out");
    }

    // An escape can make it, and no path or name has one.
    private void CheckCharacters(Scalar scalar)
    {
        if (scalar.Value.Contains('\0', StringComparison.Ordinal))
        {
            _problems.Add(Place(scalar.Start), "a value holds no NUL character");
        }
    }

    private static void CheckSize(long size, YamlPlace place)
    {
        if (size > MaximumSize)
        {
            throw new StopReadingException(place, $"aliases expand to more than {MaximumSize} values");
        }
    }

    private YamlPlace Place(in Mark mark) =>
        _hasLines ? new YamlPlace(_file, Math.Max(1, mark.Line), Math.Max(1, mark.Column)) : new YamlPlace(_file, 0, 0);

    private void AddSyntaxProblem(string text, YamlException e)
    {
        // A tab that indents is the most common mistake, and the parser complains about it lines earlier.
        var lines = text.Split('\n');
        for (var i = Math.Max(0, (int)e.Start.Line - 1); i < lines.Length; i++)
        {
            var tab = lines[i].IndexOf('\t', StringComparison.Ordinal);
            var sameLine = i == e.Start.Line - 1;
            if (tab >= 0 && string.IsNullOrWhiteSpace(lines[i][..tab])
                && (sameLine || e.Message.Contains(" tab", StringComparison.Ordinal)))
            {
                _problems.Add(Place(new Mark(0, i + 1, tab + 1)), "a tab in the indentation: YAML indents with blanks");
                return;
            }
        }

        var message = $"{char.ToLowerInvariant(e.Message[0])}{e.Message[1..].TrimEnd('.')}";
        _problems.Add(Place(e.Start), $"not valid YAML: {message}");
    }

    // The rest of the document cannot be read sensibly.
    private sealed class StopReadingException(YamlPlace place, string message) : Exception(message)
    {
        public YamlPlace Place { get; } = place;
    }
}
