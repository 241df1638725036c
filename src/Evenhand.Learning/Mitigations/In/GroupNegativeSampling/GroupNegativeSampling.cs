using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Mitigations.In.GroupNegativeSampling;

/// <summary>Draws the items that a chosen one is compared with from its own group, now and then or always.</summary>
/// <remarks>
/// <para>With probability strength, a choice is compared with items of its own group, otherwise with items drawn as
/// without the mitigation; within the group items are drawn by the same weights as before. A comparison within a group
/// moves the scores of its items apart, not those of groups: what the chosen item gains the other one loses. So the
/// more comparisons stay within groups, the less the learner learns that one group is chosen more often than another,
/// while the order within groups is learned as well as before.</para>
/// <para>X. Chen, W. Fan, J. Chen, H. Liu, Z. Liu, Z. Zhang, Q. Li, "Fairly adaptive negative sampling for
/// recommendations", WWW 2023, make the distribution of negatives over groups the means of item group fairness; they
/// adapt one distribution for all choices as they learn (FairNeg), where here it is given by the group of each choice
/// and a fixed strength.</para>
/// <para>For WARP all items of one search are drawn the same way, and ranks are still estimated among all items. A
/// choice of unknown group is compared as without the mitigation.</para>
/// </remarks>
/// <param name="options">Group and strength.</param>
public sealed class GroupNegativeSampling(GroupNegativeSamplingOptions options) : ItemGroupMitigation
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = MitigationDescriptor.Of<GroupNegativeSamplingOptions>(
        MitigationName,
        "Compares chosen items with others of their own group, so that no group is learned to rank above another.",
        TaskKinds.Lists,
        options => new GroupNegativeSampling(options),
        MitigationStage.In);

    internal const string MitigationName = "group-negative-sampling";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    public override string ItemGroup => options.ItemGroup;

    /// <summary>Share of the choices that are compared within their own group.</summary>
    public double Strength => options.Strength;

    /// <summary>What one fit needs to know; null where nothing changes.</summary>
    /// <exception cref="InputException">The data has no such group of the items.</exception>
    internal WithinGroups? Start(Dataset train, Renumbering items)
    {
        options.Validate();
        var (groupOfItem, groups) = FindGroups(train, items);
        return options.Strength == 0 ? null : new WithinGroups(groupOfItem, groups, options.Strength);
    }
}
