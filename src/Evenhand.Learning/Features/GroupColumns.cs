using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Features;

/// <summary>Finds the columns that give away a group attribute.</summary>
internal static class GroupColumns
{
    /// <summary>The group attributes that belong to users, to items or to rows; parts of crossings count each for
    /// itself.</summary>
    public static IReadOnlyList<CategoricalColumn> Of(Dataset data, GroupSide side)
    {
        var table = side switch
        {
            GroupSide.User => data.Users,
            GroupSide.Item => data.Items,
            _ => data.Rows,
        };
        var columns = new List<CategoricalColumn>();
        foreach (var group in data.Groups)
        {
            if (group.Side == side)
            {
                columns.Add((CategoricalColumn)group.Column.With(name: group.Name));
            }

            foreach (var part in group.Name.Split(GroupCrossing.Separator))
            {
                if (table?.Find(part) is CategoricalColumn column)
                {
                    columns.Add(column);
                }
            }
        }

        return columns;
    }

    /// <summary>Whether the group can be told from the column alone.</summary>
    /// <remarks>That is so where each category has one group, and where numbers fall into as many intervals as there
    /// are groups. A column with a value of its own for every entity tells nothing in that sense.</remarks>
    /// <param name="column">The column; one row for each entity.</param>
    /// <param name="group">The group of each entity.</param>
    /// <param name="occurring">Entities that are looked at.</param>
    public static bool Tells(Column column, CategoricalColumn group, ReadOnlySpan<int> occurring)
    {
        var known = new List<int>(occurring.Length);
        foreach (var entity in occurring)
        {
            if (!column.IsMissing(entity) && !group.IsMissing(entity))
            {
                known.Add(entity);
            }
        }

        var groups = known.Select(entity => group.Codes[entity]).Distinct().Count();
        if (groups < 2)
        {
            return false;
        }

        return column switch
        {
            CategoricalColumn categories => TellsByCategory(categories, group, known),
            NumericColumn numbers => TellsByInterval(numbers, group, known, groups),
            _ => false,
        };
    }

    private static bool TellsByCategory(CategoricalColumn column, CategoricalColumn group, List<int> known)
    {
        var groupOf = new Dictionary<int, int>();
        foreach (var entity in known)
        {
            if (!groupOf.TryAdd(column.Codes[entity], group.Codes[entity])
                && groupOf[column.Codes[entity]] != group.Codes[entity])
            {
                return false;
            }
        }

        return groupOf.Count < known.Count;
    }

    private static bool TellsByInterval(NumericColumn column, CategoricalColumn group, List<int> known, int groups)
    {
        var order = known
            .OrderBy(entity => column.Values[entity]).ThenBy(entity => group.Codes[entity]).ToArray();
        var intervals = 1;
        for (var i = 1; i < order.Length; i++)
        {
            var same = group.Codes[order[i]] == group.Codes[order[i - 1]];
            if (!same && column.Values[order[i]].Equals(column.Values[order[i - 1]]))
            {
                return false;
            }

            intervals += same ? 0 : 1;
        }

        return intervals == groups;
    }
}
