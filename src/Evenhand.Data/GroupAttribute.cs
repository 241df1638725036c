using Evenhand.Data.Columns;
using Evenhand.Data.Identity;

namespace Evenhand.Data;

/// <summary>An attribute by which fairness is measured, such as gender or age band.</summary>
/// <param name="Name">Name, such as <c>gender</c>, or <c>gender*age-band</c> for a crossing.</param>
/// <param name="Side">Whose attribute it is.</param>
/// <param name="Column">Group codes: one for each row, user code or item code, as <paramref name="Side"/> says.</param>
public sealed record GroupAttribute(string Name, GroupSide Side, CategoricalColumn Column)
{
    /// <summary>Names of the groups, in the order of their codes.</summary>
    public IReadOnlyList<string> Groups => Column.Vocabulary.Values;

    /// <summary>The attributes that this one crosses.</summary>
    /// <value>Default: none; it is no crossing.</value>
    public IReadOnlyList<GroupAttribute> Crossed { get; init; } = [];

    /// <summary>Where the attribute tells which groups a row's text mentions: the lexicon, and the groups behind each
    /// code. The codes stand for sets of groups then, such as <c>female+male</c>, of which each row has one; a row that
    /// mentions none has none.</summary>
    /// <value>Null: the attribute comes from a column.</value>
    public IdentityTerms? Terms { get; init; }
}
