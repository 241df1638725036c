using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Mitigations.In;

/// <summary>A mitigation within learners of choices that looks at the groups of items.</summary>
public abstract class ItemGroupMitigation : InMitigation
{
    /// <summary>For a mitigation of any assembly; a learner has to know it: see
    /// <see cref="Learner.Supports"/>.</summary>
    protected ItemGroupMitigation()
    {
    }

    /// <summary>Name of the group attribute of the items.</summary>
    public abstract string ItemGroup { get; }

    /// <summary>The groups of the items.</summary>
    /// <param name="train">The training data.</param>
    /// <returns>Group of each item by code, negative where unknown, and how many groups there are.</returns>
    /// <exception cref="InputException">The data has no such group of the items.</exception>
    public (int[] GroupOfItem, int Groups) FindGroups(Dataset train)
    {
        var group = FindGroup(train, ItemGroup, GroupSide.Item);
        return (group.Column.Codes.ToArray(), group.Groups.Count);
    }

    /// <summary>The groups of the items that occur in the training rows.</summary>
    /// <param name="train">The training data.</param>
    /// <param name="items">Numbers of the items.</param>
    /// <returns>Group of each item by number, negative where unknown, and how many groups there are.</returns>
    /// <exception cref="InputException">The data has no such group of the items.</exception>
    internal (int[] GroupOfItem, int Groups) FindGroups(Dataset train, Renumbering items)
    {
        var (groupOfItem, groups) = FindGroups(train);
        return (items.ByNumber(groupOfItem), groups);
    }
}
