using System.Text.RegularExpressions;
using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Reading;

namespace Evenhand.Data.Catalogue;

/// <summary>Finds what is wrong with a descriptor beyond keys and types: names of columns that nothing has, bands that
/// do not ascend, a label that is no column.</summary>
internal sealed class DescriptorChecks
{
    private readonly DatasetDescriptor _descriptor;
    private readonly Func<string, YamlElement> _section;
    private readonly YamlProblems _problems;
    private readonly Dictionary<GroupSide, Dictionary<string, ColumnType>> _columns = [];

    private DescriptorChecks(DatasetDescriptor descriptor, Func<string, YamlElement> section, YamlProblems problems)
    {
        _descriptor = descriptor;
        _section = section;
        _problems = problems;
    }

    /// <summary>Checks a descriptor and each of its variants.</summary>
    public static void Check(DatasetDescriptor descriptor, YamlElement root, YamlProblems problems)
    {
        if (descriptor.Name.Length == 0 || descriptor.Name.AsSpan().IndexOfAny('/', '\\') >= 0)
        {
            problems.Add(TableChecks.Node(root, "name"), "expected a name without slashes");
        }

        CheckDownloads(descriptor, TableChecks.Node(root, "downloads"), problems);
        CheckSections(descriptor, root, problems);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < descriptor.Variants.Count; i++)
        {
            var variant = descriptor.Variants[i];
            var node = TableChecks.Node(root, "variants", i);
            if (!names.Add(variant.Name))
            {
                problems.Add(TableChecks.Node(node, "name"), $"a variant named '{variant.Name}' is there already");
                continue;
            }

            // A section that the variant does not give is that of the set; one mistake is told once.
            new DescriptorChecks(
                descriptor.WithVariant(variant.Name),
                key => (node.Find(key) ?? root.Find(key))?.Value ?? node,
                problems)
                .Check();
        }
    }

    /// <summary>Checks a descriptor without its name, downloads and variants.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="root">The node that holds its sections.</param>
    /// <param name="problems">Takes everything that is wrong.</param>
    public static void CheckSections(DatasetDescriptor descriptor, YamlElement root, YamlProblems problems) =>
        new DescriptorChecks(descriptor, key => root.Find(key)?.Value ?? root, problems).Check();

    /// <summary>The columns of the rows by the time that a label is chosen, with their types.</summary>
    public static IReadOnlyDictionary<string, ColumnType> RowColumns(DatasetDescriptor descriptor)
    {
        var checks = new DescriptorChecks(descriptor, _ => throw new InvalidOperationException(), new YamlProblems());
        var columns = checks.ReadRowColumns();
        foreach (var derived in descriptor.Derive.Where(d => d.Side == GroupSide.Row))
        {
            columns.TryAdd(derived.Name, TypeOf(derived));
        }

        return columns;
    }

    private static void CheckDownloads(DatasetDescriptor descriptor, YamlElement at, YamlProblems problems)
    {
        for (var i = 0; i < descriptor.Downloads.Count; i++)
        {
            var download = descriptor.Downloads[i];
            var node = TableChecks.Node(at, i);
            TableChecks.CheckSha256(download.Sha256, node, problems);
            if (!Uri.TryCreate(download.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            {
                problems.Add(TableChecks.Node(node, "url"), "expected an address that starts with https://");
            }

            if (download.Path is null == (download.Members.Count == 0))
            {
                problems.Add(node, "expected either 'path' or 'members'");
            }

            foreach (var path in download.Members.Values.Append(download.Path).OfType<string>())
            {
                if (Path.IsPathRooted(path) || path.Split('/', '\\').Contains(".."))
                {
                    problems.Add(node, $"'{path}' lies outside of the folder of the data set");
                }
            }
        }
    }

    private void Check()
    {
        TableChecks.Check(_descriptor.Rows, _section("rows"), ColumnRole.None, _problems);
        _columns[GroupSide.Row] = ReadRowColumns();
        CheckSide(_descriptor.Users, "users", GroupSide.User, ColumnRole.User);
        CheckSide(_descriptor.Items, "items", GroupSide.Item, ColumnRole.Item);
        CheckFilters();
        for (var i = 0; i < _descriptor.Derive.Count; i++)
        {
            CheckDerived(_descriptor.Derive[i], TableChecks.Node(_section("derive"), i));
        }

        CheckLabel();
        CheckGroups();
    }

    private Dictionary<string, ColumnType> ReadRowColumns()
    {
        var columns = ReadColumns(_descriptor.Rows, GroupSide.Row, ColumnRole.None);
        foreach (var name in _descriptor.Rows.Files.SelectMany(f => f.Set.Keys))
        {
            columns[name] = ColumnType.Category;
        }

        if (_descriptor.Rows.Files.Any(f => f.Part is not null))
        {
            columns[TableReader.PartColumn] = ColumnType.Category;
        }

        return columns;
    }

    private Dictionary<string, ColumnType> ReadColumns(TableDescriptor table, GroupSide side, ColumnRole key) =>
        table.Columns
            .Where(c => c.Type != ColumnType.Skip && c.Describes == (table == _descriptor.Rows ? side : GroupSide.Row)
                && (key == ColumnRole.None || c.Role != key))
            .DistinctBy(c => c.Name)
            .ToDictionary(c => c.Name, c => c.Type, StringComparer.Ordinal);

    private void CheckSide(TableDescriptor? table, string section, GroupSide side, ColumnRole key)
    {
        var known = ReadColumns(_descriptor.Rows, side, ColumnRole.None);
        if (table is not null)
        {
            TableChecks.Check(table, _section(section), key, _problems);
            foreach (var (name, type) in ReadColumns(table, GroupSide.Row, key))
            {
                known[name] = type;
            }
        }

        _columns[side] = known;
        if ((table is not null || known.Count > 0) && _descriptor.Rows.Columns.All(c => c.Role != key))
        {
            _problems.Add(
                TableChecks.Node(_section("rows"), "columns"),
                $"what describes the {section} needs a column of the rows with the role '{YamlNames.Value(key)}'");
        }
    }

    private void CheckFilters()
    {
        // What describes users and items stands in the rows until filters are applied.
        var columns = new Dictionary<string, ColumnType>(_columns[GroupSide.Row], StringComparer.Ordinal);
        foreach (var column in _descriptor.Rows.Columns.Where(c => c.Type != ColumnType.Skip))
        {
            columns.TryAdd(column.Name, column.Type);
        }

        new FilterChecks(_descriptor.Rows, columns, _problems).Check(_descriptor.Filters, _section("filters"));
    }

    private void CheckDerived(DerivedColumn derived, YamlElement at)
    {
        var operations = derived.Operations().ToList();
        if (operations.Count != 1)
        {
            _problems.Add(at, operations.Count == 0
                ? "needs an operation: bands, map, extract, join, product, firstOf or frequency"
                : $"has {operations.Count} operations ({string.Join(", ", operations)}); one column has one");
        }

        var sources = (derived.Join ?? []).Concat(derived.Product ?? []).Concat(derived.FirstOf?.Keys ?? []).ToList();
        if (derived.Bands is not null || derived.Map is not null || derived.Extract is not null)
        {
            if (derived.From is null)
            {
                _problems.Add(at, "key 'from' is required");
            }
            else
            {
                sources.Add(derived.From);
            }
        }

        foreach (var source in sources)
        {
            CheckSource(derived, source, at);
        }

        CheckBands(derived, at);
        CheckPattern(derived, at);
        TableChecks.CheckRange(derived.Range, TypeOf(derived), at, _problems);
        CheckFrequency(derived, at);
        if (!_columns[derived.Side].TryAdd(derived.Name, TypeOf(derived)))
        {
            _problems.Add(TableChecks.Node(at, "name"), $"a column named '{derived.Name}' is there already");
        }
    }

    private void CheckSource(DerivedColumn derived, string source, YamlElement at)
    {
        var known = _columns[derived.Side];
        var key = derived.From == source ? "from" : derived.Operations().FirstOrDefault() ?? "name";
        if (!known.TryGetValue(source, out var type))
        {
            _problems.Add(
                TableChecks.Node(at, key),
                $"the {YamlNames.Value(derived.Side)} side has no column '{source}' to compute '{derived.Name}' from."
                + NearestName.Hint(source, known.Keys));
        }
        else if ((derived.Bands is not null || derived.Product is not null)
            && type is not (ColumnType.Number or ColumnType.Date))
        {
            _problems.Add(TableChecks.Node(at, key), $"'{source}' is not a number");
        }
    }

    private void CheckBands(DerivedColumn derived, YamlElement at)
    {
        if (derived.Bands is not { } bands)
        {
            return;
        }

        if (bands.Count == 0 || bands.Zip(bands.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            _problems.Add(TableChecks.Node(at, "bands"), "expected bounds that ascend, such as [18, 25, 35]");
        }
        else if (derived.Names is { } names && names.Distinct().Count() != bands.Count + 1)
        {
            _problems.Add(
                TableChecks.Node(at, "names"),
                $"expected {bands.Count + 1} different names, one more than there are bounds");
        }
    }

    private void CheckPattern(DerivedColumn derived, YamlElement at)
    {
        if (derived.Extract is not { } pattern)
        {
            return;
        }

        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
        }
        catch (ArgumentException error)
        {
            _problems.Add(TableChecks.Node(at, "extract"), $"not a regular expression: {error.Message}");
        }

        if (derived.Type is ColumnType.Skip or ColumnType.Date or ColumnType.Categories)
        {
            _problems.Add(TableChecks.Node(at, "type"), "expected category, number or text");
        }
    }

    private void CheckFrequency(DerivedColumn derived, YamlElement at)
    {
        if (derived.Frequency is not { } frequency)
        {
            return;
        }

        var key = derived.Side == GroupSide.User ? ColumnRole.User : ColumnRole.Item;
        if (derived.Side == GroupSide.Row || _descriptor.Rows.Columns.All(c => c.Role != key))
        {
            _problems.Add(
                TableChecks.Node(at, "side"), "a frequency is that of users or items, and the rows must name them");
        }

        if (frequency.Top is not (> 0 and < 1))
        {
            _problems.Add(TableChecks.Node(at, "frequency", "top"), "must be greater than 0 and less than 1");
        }

        if (frequency.Head == frequency.Tail)
        {
            _problems.Add(TableChecks.Node(at, "frequency"), "head and tail have the same name");
        }
    }

    private static ColumnType TypeOf(DerivedColumn derived) =>
        derived.Join is not null ? ColumnType.Text
        : derived.Product is not null ? ColumnType.Number
        : derived.Extract is not null ? derived.Type
        : ColumnType.Category;

    private void CheckLabel()
    {
        if (_descriptor.Label is { } label)
        {
            var at = _section("label");
            LabelChecks.Check(
                label, _columns[GroupSide.Row], (key, message) => _problems.Add(TableChecks.Node(at, key), message));
        }
    }

    private void CheckGroups()
    {
        foreach (var side in Enum.GetValues<GroupSide>())
        {
            var names = _descriptor.Groups.On(side);
            for (var i = 0; i < names.Count; i++)
            {
                var node = TableChecks.Node(_section("groups"), YamlNames.Value(side), i);
                if (!_columns[side].TryGetValue(names[i], out var type))
                {
                    _problems.Add(
                        node,
                        $"the {YamlNames.Value(side)} side has no column '{names[i]}'."
                        + NearestName.Hint(names[i], _columns[side].Keys));
                }
                else if (type != ColumnType.Category)
                {
                    _problems.Add(node, $"'{names[i]}' is not a column of categories; derive bands from it");
                }
            }
        }
    }
}
