using Evenhand.Data;

namespace Evenhand.Experiments;

/// <summary>Lays the user and item columns of the parts of one split end to end; the parts share
/// vocabularies.</summary>
internal static class Interactions
{
    /// <summary>The rows of all parts; null where there is no part.</summary>
    public static Dataset? Join(IReadOnlyList<Dataset> parts)
    {
        if (parts.Count <= 1)
        {
            return parts is [var only] ? only : null;
        }

        CategoricalColumn Concatenate(Func<Dataset, CategoricalColumn> column)
        {
            var first = column(parts[0]);
            var codes = new List<int>();
            foreach (var part in parts)
            {
                codes.AddRange(column(part).Codes);
            }

            return new CategoricalColumn(first.Name, codes.ToArray(), first.Vocabulary, first.Roles);
        }

        return new Dataset(
            parts[0].Name, new Table([Concatenate(p => p.UserColumn!), Concatenate(p => p.ItemColumn!)]));
    }
}
