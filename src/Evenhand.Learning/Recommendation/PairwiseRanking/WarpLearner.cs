using Evenhand.Data;
using Evenhand.Learning.Mitigations.In.GroupNegativeSampling;

namespace Evenhand.Learning.Recommendation.PairwiseRanking;

/// <summary>Ranks by the weighted approximate-rank pairwise loss: items are drawn until one ranks too high, and the
/// fewer draws that took, the larger the step.</summary>
/// <remarks>
/// For a chosen item i, items j are drawn until <c>bj + p.qj > bi + p.qi - 1</c>; if that takes n draws among the N
/// items, the rank of i is about <c>(N - 1) / n</c> and the step on the hinge loss weighs
/// <c>ln max(1, floor((N - 1) / n)) / ln(N - 1)</c> (J. Weston, S. Bengio, N. Usunier, "WSABIE: scaling up to large
/// vocabulary image annotation", IJCAI 2011, section 3; the logarithm is LightFM's form of their rank weight, here
/// scaled to at most 1 so that good steps are alike for all catalogues). Each iteration visits every observed pair
/// once, in random order. The rows of a pair are one choice: the sum of their weights, against the mean of all pairs,
/// scales its steps. The model does not depend on the number of threads.
/// </remarks>
/// <param name="options">Rank, iterations, step, regularization, negatives.</param>
public sealed class WarpLearner(WarpOptions options) : Learner<WarpOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<WarpOptions>(
        Name,
        "Latent factors by the weighted approximate-rank pairwise loss, which looks at the top of the list.",
        [TaskKind.TopN],
        options => new WarpLearner(options),
        reader => PairwiseRankingModel.Read<WarpOptions>(reader, Name));

    internal const string Name = "warp";

    /// <summary>It can learn under <see cref="GroupNegativeSampling"/>.</summary>
    /// <inheritdoc/>
    public override bool Supports(InMitigation mitigation) => mitigation is GroupNegativeSampling;

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context) =>
        PairwiseDescent.Fit(train, Name, Options, Options.MaximumSamples, context);
}
