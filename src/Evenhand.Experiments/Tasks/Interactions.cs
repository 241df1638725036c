using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Experiments.Tasks;

/// <summary>Lays the user and item columns of the parts of one split end to end. A code means the same in all of them,
/// and the last part has codes for all.</summary>
internal static class Interactions
{
    /// <summary>The rows of all parts, in their order in the split; null where there is no part.</summary>
    public static Dataset? Join(IReadOnlyList<Dataset> parts)
    {
        if (parts.Count <= 1)
        {
            return parts is [var only] ? only : null;
        }

        CategoricalColumn Concatenate(Func<Dataset, CategoricalColumn> column)
        {
            var last = column(parts[^1]);
            var codes = new List<int>();
            foreach (var part in parts)
            {
                codes.AddRange(column(part).Codes);
            }

            return new CategoricalColumn(last.Name, codes.ToArray(), last.Vocabulary, last.Roles);
        }

        return new Dataset(
            parts[^1].Name,
            new Table([Concatenate(p => p.UserColumn!), Concatenate(p => p.ItemColumn!)]),
            parts[^1].Users,
            parts[^1].Items);
    }
}
