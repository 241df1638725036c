using Evenhand.Data.Columns;

namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>A model that scores an item for a user by a bias of the item plus the inner product of the factors of
/// both.</summary>
/// <remarks>
/// A score is one chain of fused multiply-adds in single precision that starts at the bias and takes the factors in
/// order, <c>s = fma(p[f], q[f], s)</c>, wherever it is computed: for one pair, for one user, or for many users at once
/// in <see cref="TopN"/>. It so has the same bits in each of them, whatever the batch, the width of the vectors or the
/// number of threads. What is the same for all items of a user (a mean, the bias of the user, a scale) changes no
/// ranking and is left to <see cref="Model.Predict"/>.
/// </remarks>
public abstract class FactorModel : RecommenderModel
{
    private readonly Lazy<ItemPanels> _panels;

    private protected FactorModel(Vocabulary users, Vocabulary items, FactorSide userSide, FactorSide itemSide)
    {
        Users = users;
        Items = items;
        UserSide = userSide;
        ItemSide = itemSide;
        _panels = new Lazy<ItemPanels>(() => ItemPanels.Of(itemSide, items.Count));
    }

    /// <inheritdoc/>
    public sealed override Vocabulary Users { get; }

    /// <inheritdoc/>
    public sealed override Vocabulary Items { get; }

    /// <summary>Factors and biases of the users.</summary>
    internal FactorSide UserSide { get; }

    /// <summary>Factors and biases of the items.</summary>
    internal FactorSide ItemSide { get; }

    /// <summary>The items as <see cref="FactorKernel"/> reads them; laid out when first asked for.</summary>
    internal ItemPanels Panels => _panels.Value;

    /// <inheritdoc/>
    public sealed override void Score(int user, Span<double> scores) => Score(UserSide.FactorsOf(user), scores);

    internal sealed override Candidates[] FindCandidates(
        int[] users, int length, SeenItems? mask, ParallelOptions schedule) =>
        BlockRanking.Rank(this, users, length, mask, schedule);

    /// <summary>Score of one pair; negative codes are unknown ones.</summary>
    private protected float Score(int user, int item)
    {
        var p = UserSide.FactorsOf(user);
        var q = ItemSide.FactorsOf(item);
        var score = (float)ItemSide.BiasOf(item);
        for (var factor = 0; factor < ItemSide.Rank; factor++)
        {
            score = MathF.FusedMultiplyAdd(p[factor], q[factor], score);
        }

        return score;
    }

    /// <summary>Scores all items for a user with the given factors, of the training data or folded in.</summary>
    private protected void Score(ReadOnlySpan<float> factors, Span<double> scores) =>
        FactorKernel.Score(Panels, factors, scores);
}
