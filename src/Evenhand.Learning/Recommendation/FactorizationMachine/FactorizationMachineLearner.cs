using Evenhand.Data;

namespace Evenhand.Learning.Recommendation.FactorizationMachine;

/// <summary>Fits a second-order factorization machine over users, items and what is known of them, so that users and
/// items without ratings are predicted from their features.</summary>
/// <remarks>
/// <para>With features x (the user, the item, one for each category that their columns name, standardized numbers), it
/// predicts <c>m + s (w0 + sum w x + sum over pairs (v.v') x x')</c>, where m and s are mean and standard deviation of
/// the training labels (S. Rendle, "Factorization machines", ICDM 2010, eq. 1). A missing value has no feature.
/// </para>
/// <para><see cref="FactorizationMachineLoss.SquareLossRegression"/> is fitted by coordinate descent, or by Gibbs
/// sampling (S. Rendle, "Factorization machines with libFM", ACM TIST 3(3), 2012, sections 3.2 and 3.3), with the sums
/// over blocks of rows of Rendle, VLDB 2013.
/// <see cref="FactorizationMachineLoss.BayesianPersonalizedRanking"/> by stochastic gradient descent over pairs of a
/// chosen and a drawn item (S. Rendle et al., "BPR", UAI 2009); labels are not read.</para>
/// <para>The model does not depend on the number of threads.</para>
/// </remarks>
/// <param name="options">Loss, solver, rank, iterations, features.</param>
public sealed class FactorizationMachineLearner(FactorizationMachineOptions options)
    : Learner<FactorizationMachineOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<FactorizationMachineOptions>(
        FactorizationMachineModel.Name,
        "Latent factors of users, items and their features, so that new users and items are predicted from what "
        + "is known of them.",
        [TaskKind.RatingPrediction, TaskKind.TopN],
        options => new FactorizationMachineLearner(options),
        FactorizationMachineModel.Read);

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        return Options.LossFunction == FactorizationMachineLoss.SquareLossRegression
            ? FactorizationMachineFit.Fit(train, Options, context)
            : PairwiseFit.Fit(train, Options, context);
    }
}
