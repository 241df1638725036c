using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Data;

/// <summary>Crosses group attributes, for fairness over intersections such as young women.</summary>
public static class GroupCrossing
{
    /// <summary>Separates names of attributes and of groups in a crossing.</summary>
    public const char Separator = '*';

    /// <summary>Most groups that a crossing may have.</summary>
    public const int MaximumGroups = 100_000;

    /// <summary>The crossing of the attributes.</summary>
    /// <remarks>
    /// Attributes of one side give an attribute of that side; mixed sides give one of the row. Its groups are all
    /// combinations, the last attribute running fastest, whether they occur or not: the codes depend on the
    /// vocabularies alone and are the same in every part of a split. Where any of the attributes is missing, the
    /// crossing is.
    /// </remarks>
    /// <param name="data">The data to which the attributes belong.</param>
    /// <param name="attributes">At least one attribute; one alone is returned as it is.</param>
    /// <returns>An attribute named such as <c>gender*age-band</c> with groups such as <c>female*18-24</c>.</returns>
    /// <exception cref="InputException">There would be more than <see cref="MaximumGroups"/> groups, or two
    /// combinations would have the same name because a group's name holds the separator.</exception>
    /// <exception cref="ArgumentException">There is no attribute, or one belongs to other data, such as another part
    /// of a split.</exception>
    public static GroupAttribute Cross(Dataset data, params GroupAttribute[] attributes)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(attributes);
        Array.ForEach(attributes, data.CheckOwn);
        return CrossOwn(data, attributes);
    }

    /// <summary>The crossing of attributes that are known to be of the data.</summary>
    internal static GroupAttribute CrossOwn(Dataset data, GroupAttribute[] attributes)
    {
        if (attributes.Length == 0)
        {
            throw new ArgumentException("A crossing needs at least one attribute.", nameof(attributes));
        }

        if (attributes.Length == 1)
        {
            return attributes[0];
        }

        var name = string.Join(Separator, attributes.Select(a => a.Name));
        var side = attributes.All(a => a.Side == attributes[0].Side) ? attributes[0].Side : GroupSide.Row;
        var groups = CrossNames(name, attributes);
        var codes = new int[side == GroupSide.Row ? data.RowCount : attributes[0].Column.Length];
        foreach (var attribute in attributes)
        {
            var next = side == GroupSide.Row ? data.CodesByRow(attribute) : attribute.Column.Codes;
            var size = attribute.Groups.Count;
            for (var i = 0; i < codes.Length; i++)
            {
                codes[i] = codes[i] < 0 || next[i] < 0 ? Vocabulary.Missing : (codes[i] * size) + next[i];
            }
        }

        return new GroupAttribute(name, side, new CategoricalColumn(name, codes, groups, ColumnRoles.Group))
        {
            Crossed = attributes,
        };
    }

    private static Vocabulary CrossNames(string name, GroupAttribute[] attributes)
    {
        var count = attributes.Aggregate(1.0, (product, a) => product * a.Groups.Count);
        if (count > MaximumGroups)
        {
            throw new InputException(
                $"The crossing '{name}' would have {count:0} groups; at most {MaximumGroups} are allowed.");
        }

        IEnumerable<string> names = attributes[0].Groups;
        foreach (var attribute in attributes[1..])
        {
            names = names.SelectMany(_ => attribute.Groups, (left, right) => left + Separator + right);
        }

        var all = names.ToArray();
        var twice = all.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        var isOrdered = attributes.All(a => a.Column.Vocabulary.IsOrdered);
        return twice is null ? new Vocabulary(all, isOrdered) : throw new InputException(
            $"The crossing '{name}' has two groups named '{twice.Key}', because a group's name holds '{Separator}'.");
    }
}
