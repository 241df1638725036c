using Evenhand.Data;

namespace Evenhand.Learning.Mitigations.In.GroupDro;

/// <summary>Group distributionally robust optimization: learns for the group with the largest loss.</summary>
/// <remarks>
/// <para>Minimizes over models the maximum over group weights q of <c>sum over groups g of q_g loss_g</c>, loss_g being
/// the mean loss of the group's rows: the squared error of ratings, in units of the labels' variance, or the cross
/// entropy of labels. As the model is learned <c>q_g *= exp(step loss_g)</c>, scaled to the sum of 1; a row of group g
/// then weighs
/// <c>q_g / share_g</c> times as much. q starts at the groups' shares of the rows, at which nothing changes; rows of
/// unknown group keep their weight. S. Sagawa, P. Koh, T. Hashimoto, P. Liang, "Distributionally robust neural networks
/// for group shifts", ICLR 2020, algorithm 1.</para>
/// <para>Matrix factorization takes a step of q before each iteration, a neural network after each batch, of the groups
/// in it. Logistic regression is fitted anew after every 20 steps, 500 in all: as its loss is convex, q climbs to where
/// the worst group's loss is least.</para>
/// </remarks>
/// <param name="options">Group and step.</param>
public sealed class GroupDro(GroupDroOptions options) : RatingMitigation, IRowMitigation
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = MitigationDescriptor.Of<GroupDroOptions>(
        MitigationName,
        "Learns for the group with the largest loss (group distributionally robust optimization).",
        [TaskKind.RatingPrediction, .. TaskKinds.Classes],
        options => new GroupDro(options),
        MitigationStage.In);

    internal const string MitigationName = "group-dro";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    public override string Group => options.Group;

    /// <summary>Step of the ascent.</summary>
    public double StepSize => options.StepSize;

    MitigationOptions IRowMitigation.Options => options;

    RowGroups IRowMitigation.FindGroups(Dataset train) => FindRowGroups(train, Group);

    /// <inheritdoc/>
    public override RatingAdjustment Start(int items, int groups)
    {
        options.Validate();
        return new GroupAscent(options.StepSize);
    }
}
