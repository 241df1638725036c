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

    /// <summary>A model of fitted factors.</summary>
    /// <param name="users">The users, by code.</param>
    /// <param name="items">The items, by code.</param>
    /// <param name="userSide">Factors of the users; their biases are not read for scores.</param>
    /// <param name="itemSide">Factors and biases of the items, of the same rank. No inner product of a user and an item
    /// exceeds a float: see <see cref="FactorSide.LargestLength"/>.</param>
    /// <exception cref="ArgumentException">The counts or ranks do not fit.</exception>
    protected FactorModel(Vocabulary users, Vocabulary items, FactorSide userSide, FactorSide itemSide)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(userSide);
        ArgumentNullException.ThrowIfNull(itemSide);
        ArgumentOutOfRangeException.ThrowIfNotEqual(userSide.Count, users.Count, nameof(userSide));
        ArgumentOutOfRangeException.ThrowIfNotEqual(itemSide.Count, items.Count, nameof(itemSide));
        ArgumentOutOfRangeException.ThrowIfNotEqual(itemSide.Rank, userSide.Rank, nameof(itemSide));
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
    public FactorSide UserSide { get; }

    /// <summary>Factors and biases of the items.</summary>
    public FactorSide ItemSide { get; }

    /// <summary>The items as <see cref="FactorKernel"/> reads them; laid out when first asked for.</summary>
    internal ItemPanels Panels => _panels.Value;

    /// <inheritdoc/>
    public sealed override void Score(int user, Span<double> scores) => Score(UserSide.FactorsOf(user), scores);

    /// <inheritdoc/>
    public sealed override Candidates[] FindCandidates(
        int[] users, int length, SeenItems? mask, ParallelOptions schedule)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(schedule);
        return BlockRanking.Rank(this, users, length, mask, schedule);
    }

    /// <summary>Score of one pair; negative codes are unknown ones.</summary>
    protected float Score(int user, int item)
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
    /// <param name="factors">The user's factors.</param>
    /// <param name="scores">Receives one score for each item code.</param>
    protected void Score(ReadOnlySpan<float> factors, Span<double> scores) =>
        FactorKernel.Score(Panels, factors, scores);

    /// <summary>The inner product of factors as <see cref="FactorSide.FactorsOf"/> gives them, with their padding. Its
    /// sum has one order on all machines, but another one than a score.</summary>
    /// <param name="ofUser">Factors of a user.</param>
    /// <param name="ofItem">Factors of an item.</param>
    /// <exception cref="ArgumentException">The lengths differ, or are no multiples of 8.</exception>
    protected static float InnerProduct(ReadOnlySpan<float> ofUser, ReadOnlySpan<float> ofItem) =>
        ofUser.Length % FactorTable.Padding == 0
            ? FloatVectors.Dot(ofUser, ofItem)
            : throw new ArgumentException("The factors lack their padding.", nameof(ofUser));
}
