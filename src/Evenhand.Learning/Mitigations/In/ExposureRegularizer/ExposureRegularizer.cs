using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Learning.Recommendation.Factors;
using Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;

namespace Evenhand.Learning.Mitigations.In.ExposureRegularizer;

/// <summary>Draws the mean scores of the groups of items together, for each user, as implicit alternating least squares
/// learns.</summary>
/// <remarks>
/// <para>Adds to the loss of <see cref="ImplicitAlternatingLeastSquaresLearner"/>
/// <c>alpha weight sum over users u, groups g of n_g (m_ug - m_u)^2</c>, where m_ug is u's mean score of the n_g items
/// of g, m_u that of all items of known group and alpha the unobserved weight. The sum over g is the part of the
/// squared scores that lies between groups: of <c>alpha sum of squared scores</c>, which is in the loss already, it
/// becomes 1 + weight times as heavy. That makes weights comparable across data sets.</para>
/// <para>This is independence of score and group by matching means: T. Kamishima, S. Akaho, H. Asoh, J. Sakuma,
/// "Recommendation independence", FAT* 2018 (PMLR 81), the mean-matching term, here taken user by user and for any
/// number of groups; for lists of items as in T. Kamishima, S. Akaho, "Considerations on recommendation independence
/// for a find-good-items task", FATREC 2017, who find that scores alike on average need not give lists alike: measure
/// the exposure.</para>
/// <para>Users are solved for exactly under the penalty; for the items, who all take part in the means, an upper bound
/// is minimized that keeps them apart and touches the penalty where they stand. No half of an iteration raises the loss
/// with its penalty where the solver is exact, and the model does not depend on the number of threads. It works with
/// every solver. Items of unknown group take no part.</para>
/// </remarks>
/// <param name="options">Group and weight.</param>
public sealed class ExposureRegularizer(ExposureRegularizerOptions options) : ItemGroupMitigation
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = MitigationDescriptor.Of<ExposureRegularizerOptions>(
        MitigationName,
        "Draws the mean scores of the groups of items together, for each user, in the loss.",
        TaskKinds.Lists,
        options => new ExposureRegularizer(options),
        MitigationStage.In);

    internal const string MitigationName = "exposure-regularizer";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    public override string ItemGroup => options.ItemGroup;

    /// <summary>Weight of the penalty.</summary>
    public double Weight => options.Weight;

    /// <summary>The penalty of one fit; null where it weighs nothing.</summary>
    /// <exception cref="InputException">The data has no such group of the items.</exception>
    internal GroupMeanPenalty? Start(Dataset train, Renumbering items)
    {
        options.Validate();
        var (groupOfItem, groups) = FindGroups(train, items);
        return options.Weight == 0 ? null : new GroupMeanPenalty(groupOfItem, groups, options.Weight);
    }
}
