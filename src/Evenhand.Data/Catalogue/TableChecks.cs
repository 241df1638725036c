using Evenhand.Configuration.Yaml;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Reading;

namespace Evenhand.Data.Catalogue;

/// <summary>Finds what is wrong with a table of a descriptor, beyond keys and types.</summary>
internal static class TableChecks
{
    private const string DefaultSeparator = "|";

    private static readonly ColumnRole[] UniqueRoles =
        [ColumnRole.User, ColumnRole.Item, ColumnRole.Text, ColumnRole.Time, ColumnRole.Weight];

    /// <summary>Checks the files, the format and the columns.</summary>
    /// <param name="table">The table.</param>
    /// <param name="at">Its node.</param>
    /// <param name="key">The role of the key column of a side table; none for the rows.</param>
    /// <param name="problems">Takes everything that is wrong.</param>
    public static void Check(TableDescriptor table, YamlElement at, ColumnRole key, YamlProblems problems)
    {
        CheckFormat(table.Format, Node(at, "format"), problems);
        CheckFiles(table.Files, Node(at, "files"), key, problems);
        CheckColumns(table, Node(at, "columns"), key, problems);
    }

    /// <summary>The deepest node on a path that was written; numbers are positions in a list.</summary>
    public static YamlElement Node(YamlElement from, params ReadOnlySpan<object> path)
    {
        var node = from;
        foreach (var step in path)
        {
            var next = step is int position
                ? position < node.Items.Count ? node.Items[position] : null
                : node.Find((string)step)?.Value;
            if (next is null)
            {
                break;
            }

            node = next;
        }

        return node;
    }

    /// <summary>Adds a problem where a checksum is not 64 hexadecimal digits.</summary>
    public static void CheckSha256(string? sha256, YamlElement at, YamlProblems problems)
    {
        if (sha256 is not null && (sha256.Length != 64 || sha256.Any(c => !char.IsAsciiHexDigitLower(c))))
        {
            problems.Add(Node(at, "sha256"), "expected 64 lower-case hexadecimal digits");
        }
    }

    /// <summary>Adds a problem where a range is none, or is that of something else than a number.</summary>
    public static void CheckRange(
        IReadOnlyList<double>? range, ColumnType type, YamlElement at, YamlProblems problems)
    {
        if (range is not null && (range.Count != 2 || range[0] > range[1]))
        {
            problems.Add(Node(at, "range"), "expected the least and the greatest number, such as [1, 5]");
        }
        else if (range is not null && type != ColumnType.Number)
        {
            problems.Add(Node(at, "range"), "only a number has a range");
        }
    }

    private static void CheckFormat(TableFormat format, YamlElement at, YamlProblems problems)
    {
        foreach (var (key, message) in format.Problems())
        {
            problems.Add(Node(at, key), message);
        }
    }

    private static void CheckFiles(
        IReadOnlyList<FileDescriptor> files, YamlElement at, ColumnRole key, YamlProblems problems)
    {
        if (files.Count == 0)
        {
            problems.Add(at, "needs at least one file");
        }

        for (var i = 0; i < files.Count; i++)
        {
            CheckSha256(files[i].Sha256, Node(at, i), problems);
            if (key != ColumnRole.None && (files[i].Part is not null || files[i].Set.Count > 0))
            {
                problems.Add(Node(at, i), "'part' and 'set' are for files of the rows");
            }
        }
    }

    private static void CheckColumns(TableDescriptor table, YamlElement at, ColumnRole key, YamlProblems problems)
    {
        if (table.Columns.All(c => c.Type == ColumnType.Skip))
        {
            problems.Add(at, "needs at least one column that is read");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var column = table.Columns[i];
            var node = Node(at, i);
            if (!names.Add(column.Name))
            {
                problems.Add(Node(node, "name"), $"a column named '{column.Name}' is there already");
            }

            CheckColumn(column, node, table.Format, key, problems);
        }

        foreach (var role in UniqueRoles)
        {
            var second = table.Columns.Index().Where(c => c.Item.Role == role).Skip(1).FirstOrDefault();
            if (second.Item is not null)
            {
                problems.Add(
                    Node(at, second.Index, "role"), $"another column has the role '{YamlNames.Value(role)}' already");
            }
        }

        if (key != ColumnRole.None && table.Columns.All(c => c.Role != key))
        {
            problems.Add(at, $"one column must have the role '{YamlNames.Value(key)}': it is the key of this table");
        }
    }

    private static void CheckColumn(
        ColumnDescriptor column, YamlElement at, TableFormat format, ColumnRole key, YamlProblems problems)
    {
        if (column.Name.Length == 0)
        {
            problems.Add(Node(at, "name"), "must not be empty");
        }

        var type = column.Role switch
        {
            ColumnRole.User or ColumnRole.Item when column.Type != ColumnType.Category => "category",
            ColumnRole.Text when column.Type != ColumnType.Text => "text",
            ColumnRole.Time when column.Type is not (ColumnType.Number or ColumnType.Date) => "date or number",
            ColumnRole.Weight when column.Type != ColumnType.Number => "number",
            ColumnRole.Feature when column.Type == ColumnType.Skip => "other than skip",
            _ => null,
        };
        if (type is not null)
        {
            problems.Add(Node(at, "type"), $"the role '{YamlNames.Value(column.Role)}' needs the type {type}");
        }

        CheckRange(column.Range, column.Type, at, problems);
        if (column.OnBadValue != BadValuePolicy.Error
            && column.Type is not (ColumnType.Number or ColumnType.Date or ColumnType.Categories))
        {
            problems.Add(Node(at, "onBadValue"), "only a number, a date or a set of categories can be written wrongly");
        }

        if (column.Separator.Length == 0)
        {
            problems.Add(Node(at, "separator"), "must not be empty");
        }
        else if (column.Separator != DefaultSeparator && column.Type != ColumnType.Categories)
        {
            problems.Add(Node(at, "separator"), "only a set of categories has a separator");
        }

        if (column.Formats.Count == 0)
        {
            problems.Add(Node(at, "formats"), "needs at least one format");
        }
        else if (column.Formats.FirstOrDefault(format => !DateBuilder.IsFormat(format)) is { } wrong)
        {
            problems.Add(Node(at, "formats"), $"'{wrong}' is no form of a date such as yyyy-MM-dd, nor unix");
        }

        if (column.From is not null && !format.Header && format.Kind == FileKind.Delimited)
        {
            problems.Add(Node(at, "from"), "the file has no header: columns are taken in the order given here");
        }

        if (column.Describes != GroupSide.Row
            && (key != ColumnRole.None || column.Role is not (ColumnRole.None or ColumnRole.Feature)))
        {
            problems.Add(
                Node(at, "describes"),
                "only a column of the rows moves to the users or items, without a role or as a feature");
        }
    }
}
