using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Catalogue;

/// <summary>Finds what is wrong with the filters of a descriptor, beyond keys and types.</summary>
/// <param name="rows">The table that is filtered.</param>
/// <param name="columns">Its columns when filters are applied, with their types.</param>
/// <param name="problems">Takes everything that is wrong.</param>
internal sealed class FilterChecks(
    TableDescriptor rows, IReadOnlyDictionary<string, ColumnType> columns, YamlProblems problems)
{
    /// <summary>Checks the filters.</summary>
    /// <param name="filters">The filters.</param>
    /// <param name="at">Their node.</param>
    public void Check(IReadOnlyList<RowFilter> filters, YamlElement at)
    {
        for (var i = 0; i < filters.Count; i++)
        {
            Check(filters[i], TableChecks.Node(at, i));
        }
    }

    private void Check(RowFilter filter, YamlElement at)
    {
        string[] kinds =
        [
            .. filter.Column is null ? Array.Empty<string>() : ["column"],
            .. filter.KCore is null ? Array.Empty<string>() : ["kCore"],
            .. filter.Sample is null ? Array.Empty<string>() : ["sample"],
        ];
        if (kinds.Length != 1)
        {
            problems.Add(at, kinds.Length == 0
                ? "needs 'column', 'kCore' or 'sample'"
                : $"has {string.Join(" and ", kinds)}; write a filter for each");
        }
        else if (filter.Column is null && filter != new RowFilter { KCore = filter.KCore, Sample = filter.Sample })
        {
            problems.Add(at, $"conditions are on a column, and '{kinds[0]}' has none; write a filter for each");
        }

        if (filter.Column is { } column)
        {
            CheckColumn(filter, column, at);
        }

        if (filter.KCore is { } core)
        {
            var node = TableChecks.Node(at, "kCore");
            RequireKey(ColumnRole.User, "a core", node);
            RequireKey(ColumnRole.Item, "a core", node);
            if (core is { User: 1, Item: 1 })
            {
                problems.Add(node, "every user and item has at least 1 row; ask for more of one of them");
            }
        }

        if (filter.Sample is { } sample)
        {
            CheckSample(sample, TableChecks.Node(at, "sample"));
        }
    }

    private void CheckColumn(RowFilter filter, string column, YamlElement at)
    {
        if (!columns.TryGetValue(column, out var type))
        {
            problems.Add(
                TableChecks.Node(at, "column"),
                $"the rows have no column '{column}' when filters are applied."
                + NearestName.Hint(column, [.. columns.Keys]));
        }
        else if (filter.MinCount is not null && type != ColumnType.Category)
        {
            problems.Add(
                TableChecks.Node(at, "minCount"), $"counts the values of a category, and '{column}' is none");
        }

        if (filter == new RowFilter { Column = column })
        {
            problems.Add(at, "needs a condition: min, max, in, notIn, notStartingWith, present or minCount");
        }
    }

    private void CheckSample(SampleFilter sample, YamlElement at)
    {
        if (sample.Share is null == sample.Count is null)
        {
            problems.Add(at, "expected either 'share' or 'count'");
        }

        if (sample.Of != GroupSide.Row)
        {
            RequireKey(
                sample.Of == GroupSide.User ? ColumnRole.User : ColumnRole.Item,
                $"a sample of {YamlNames.Value(sample.Of)}s",
                TableChecks.Node(at, "of"));
        }
    }

    private void RequireKey(ColumnRole role, string what, YamlElement at)
    {
        if (rows.Columns.All(c => c.Role != role))
        {
            problems.Add(at, $"{what} needs a column of the rows with the role '{YamlNames.Value(role)}'");
        }
    }
}
