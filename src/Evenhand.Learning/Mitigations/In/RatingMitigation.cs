using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.In;

/// <summary>A mitigation within learners that fit ratings row by row: before each iteration it moves the targets of
/// ratings and changes their weights, by item and group of the user.</summary>
public abstract class RatingMitigation : InMitigation
{
    /// <summary>For a mitigation of any assembly: a learner that knows this base knows it.</summary>
    protected RatingMitigation()
    {
    }

    /// <summary>Name of the group attribute of the users.</summary>
    public abstract string Group { get; }

    /// <summary>Starts one fit.</summary>
    /// <param name="items">Number of items.</param>
    /// <param name="groups">Number of groups.</param>
    /// <returns>What adjusts the ratings of this fit; it may remember what it saw.</returns>
    public abstract RatingAdjustment Start(int items, int groups);

    /// <summary>The attribute in the training data.</summary>
    /// <exception cref="InputException">The data has no such group of the users.</exception>
    public GroupAttribute FindGroup(Dataset train) => FindGroup(train, Group, GroupSide.User);
}
