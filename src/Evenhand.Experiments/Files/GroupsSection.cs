using Evenhand.Configuration.Yaml;
using Evenhand.Data.Columns;

namespace Evenhand.Experiments.Files;

/// <summary>The groups by which fairness is measured, by whose attribute they are.</summary>
/// <remarks>
/// An entry is the name of an attribute, or a crossing of several, such as <c>gender*age-band</c>, whose groups are the
/// combinations. Attributes of different sides are crossed under <c>row</c>.
/// </remarks>
public sealed record GroupsSection
{
    /// <summary>Attributes of the users.</summary>
    /// <value>none</value>
    public IReadOnlyList<Located<string>> User { get; init; } = [];

    /// <summary>
    /// Attributes of the items. <c>popularity-band</c> needs no column: its groups are the head (the most popular
    /// items, which hold 20 % of the training rows), the tail (the last 20 %) and the middle.
    /// </summary>
    /// <value>none</value>
    public IReadOnlyList<Located<string>> Item { get; init; } = [];

    /// <summary>Attributes of the rows themselves, such as the author of a review.</summary>
    /// <value>none</value>
    public IReadOnlyList<Located<string>> Row { get; init; } = [];

    /// <summary>All entries with their sides: user, item, row.</summary>
    public IEnumerable<(GroupSide Side, Located<string> Entry)> All =>
    [
        .. User.Select(entry => (GroupSide.User, entry)),
        .. Item.Select(entry => (GroupSide.Item, entry)),
        .. Row.Select(entry => (GroupSide.Row, entry)),
    ];

    /// <summary>The attributes that an entry names: itself, or the parts of a crossing.</summary>
    public static string[] Parts(string entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Split('*', StringSplitOptions.TrimEntries);
    }
}
