using Evenhand.Data.Columns;

namespace Evenhand.Data.Descriptors;

/// <summary>The columns by which fairness can be measured, by the side that they describe.</summary>
public sealed record GroupsDescriptor
{
    /// <summary>Columns of the rows.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> Row { get; init; } = [];

    /// <summary>Columns of the users.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> User { get; init; } = [];

    /// <summary>Columns of the items.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> Item { get; init; } = [];

    /// <summary>The names on one side.</summary>
    public IReadOnlyList<string> On(GroupSide side) => side switch
    {
        GroupSide.User => User,
        GroupSide.Item => Item,
        _ => Row,
    };
}
