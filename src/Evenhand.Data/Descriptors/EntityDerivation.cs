using Evenhand.Data.Columns;

namespace Evenhand.Data.Descriptors;

/// <summary>How the tables of users and items come from the rows: what columns of the rows say of them, and what is
/// computed from that or counted. A split derives them anew for each part, so that no part knows of a later
/// one.</summary>
/// <param name="Describing">Columns that describe the user or the item of each row.</param>
/// <param name="Columns">The computed columns, of the rows too, in the order in which they are computed.</param>
internal sealed record EntityDerivation(
    IReadOnlyList<(GroupSide Side, Column Column)> Describing, IReadOnlyList<DerivedColumn> Columns)
{
    /// <summary>The same for the given rows.</summary>
    public EntityDerivation Select(ReadOnlySpan<int> rows)
    {
        var describing = new (GroupSide, Column)[Describing.Count];
        for (var i = 0; i < describing.Length; i++)
        {
            describing[i] = (Describing[i].Side, Describing[i].Column.Select(rows));
        }

        return this with { Describing = describing };
    }

    /// <summary>The column of the rows that describes users or items under that name, or null.</summary>
    public Column? FindDescribing(GroupSide side, string name) =>
        Describing.FirstOrDefault(d => d.Side == side && d.Column.Name == name).Column;

    /// <summary>The computed column of that name, or null.</summary>
    public DerivedColumn? FindComputed(GroupSide side, string name) =>
        Columns.FirstOrDefault(c => c.Side == side && c.Name == name);
}
