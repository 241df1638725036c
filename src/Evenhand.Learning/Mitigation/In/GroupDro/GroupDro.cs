namespace Evenhand.Learning;

/// <summary>Group distributionally robust optimization: learns for the group with the largest loss.</summary>
/// <remarks>
/// Minimizes over models the maximum over group weights q of <c>sum over groups g of q_g loss_g</c>, loss_g being the
/// mean squared error of the group's ratings. Before each iteration <c>q_g *= exp(step loss_g)</c>, scaled to the sum of
/// 1; a rating of group g then weighs <c>q_g / share_g</c> times as much. q starts at the groups' shares of the ratings,
/// at which nothing changes. S. Sagawa, P. Koh, T. Hashimoto, P. Liang, "Distributionally robust neural networks for
/// group shifts", ICLR 2020, algorithm 1.
/// </remarks>
/// <param name="options">Group and step.</param>
public sealed class GroupDro(GroupDroOptions options) : RatingMitigation
{
    internal const string MitigationName = "group-dro";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    public override string Group => options.Group;

    internal override RatingAdjustment Start(int items, int groups)
    {
        options.Validate();
        return new GroupAscent(options.StepSize);
    }
}
