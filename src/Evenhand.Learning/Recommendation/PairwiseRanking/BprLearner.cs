using Evenhand.Data;
using Evenhand.Learning.Mitigations.In.GroupNegativeSampling;

namespace Evenhand.Learning.Recommendation.PairwiseRanking;

/// <summary>Ranks by Bayesian personalized ranking: each choice is compared with one item that the user did not
/// choose.</summary>
/// <remarks>
/// Stochastic gradient ascent on <c>ln sigmoid(x)</c> with <c>x = bi - bj + p.(qi - qj)</c> for a chosen item i and a
/// drawn item j, with regularization (S. Rendle, C. Freudenthaler, Z. Gantner, L. Schmidt-Thieme, "BPR: Bayesian
/// personalized ranking from implicit feedback", UAI 2009, section 4 and figure 4). Each iteration visits every
/// observed pair once, in random order. The rows of a pair are one choice: the sum of their weights, against the mean
/// of all pairs, scales its steps. The model does not depend on the number of threads.
/// </remarks>
/// <param name="options">Rank, iterations, step, regularization, negatives.</param>
public sealed class BprLearner(BprOptions options) : Learner<BprOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<BprOptions>(
        Name,
        "Latent factors by Bayesian personalized ranking: each choice against an item that was not chosen.",
        [TaskKind.TopN],
        options => new BprLearner(options),
        reader => PairwiseRankingModel.Read<BprOptions>(reader, Name));

    internal const string Name = "bpr";

    /// <summary>It can learn under <see cref="GroupNegativeSampling"/>.</summary>
    /// <inheritdoc/>
    public override bool Supports(InMitigation mitigation) => mitigation is GroupNegativeSampling;

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context) =>
        PairwiseDescent.Fit(train, Name, Options, maximumSamples: null, context);
}
