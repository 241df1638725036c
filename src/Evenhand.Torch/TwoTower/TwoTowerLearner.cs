using System.Runtime.InteropServices;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation;
using Evenhand.Torch.Runtime;

namespace Evenhand.Torch.TwoTower;

/// <summary>Fits a two-tower recommender: one network makes a vector of a user, another one of an item, from who they
/// are, what the columns say of them and the words of their texts; their inner product is the score.</summary>
/// <remarks>
/// <para>P. Covington, J. Adams, E. Sargin, "Deep neural networks for YouTube recommendations", RecSys 2016; X. Yi et
/// al., "Sampling-bias-corrected neural modeling for large corpus item recommendations", RecSys 2019. The score of user
/// u and item i is <c>s(u, i) = p(u)'q(i) / T + b(i)</c>, with the temperature T and a bias that the item tower gives.
/// Rows are choices; their labels are not read, their weights are.</para>
/// <para>The sampled softmax takes a chosen item against the distinct items C of its batch:
/// <c>-ln (exp(s'(u, i)) / sum over C of exp s'(u, c))</c> with <c>s' = s - ln(probability that the item is in C)</c>
/// (Yi et al., eq. 3). C holds the items of the batch's rows and some that are drawn evenly (J. Yang et al., "Mixed
/// negative sampling for learning two-tower neural networks in recommendations", WWW 2020). Bayesian personalized
/// ranking takes it against the drawn ones that the user has not chosen (S. Rendle et al., UAI 2009).</para>
/// <para>An image, or any other vector of numbers, comes as numeric columns of the item table, which a linear layer
/// joins with the rest. Some users and items appear without their identity in each batch (M. Volkovs, G. Yu, T.
/// Poutanen, "DropoutNet", NeurIPS 2017), so that new ones can be known by their features.</para>
/// <para>At one thread the same seed gives the same model, bit for bit; at more, sums may be taken in another
/// order.</para>
/// </remarks>
/// <param name="options">The towers and their training.</param>
public sealed class TwoTowerLearner(TwoTowerOptions options) : Learner<TwoTowerOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<TwoTowerOptions>(
        Name,
        "Two networks that make vectors of users and of items from who they are, what is known of them and their "
        + "texts. Needs libtorch to fit, not to predict.",
        TaskKinds.Lists,
        options => new TwoTowerLearner(options),
        TwoTowerModel.Read);

    internal const string Name = "two-tower";

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var rows = Interactions.Of(train, Name, needsLabel: false);
        context.CancellationToken.ThrowIfCancellationRequested();
        var users = TowerEntities.Of(train, GroupSide.User, rows.UserCodes, rows.Users.Count, Options, context);
        var items = TowerEntities.Of(train, GroupSide.Item, rows.ItemCodes, rows.Items.Count, Options, context);
        using var fit = new TwoTowerFit(rows, users, items, Options, context);
        try
        {
            fit.Run(Model);
        }
        catch (ExternalException e)
        {
            throw TorchRuntime.Explain(e, "Lower batchSize or numberOfNegatives.");
        }

        return Model();

        TwoTowerModel Model()
        {
            var (userWeights, itemWeights) = (fit.Users.Export(), fit.Items.Export());
            if (!userWeights.IsFinite || !itemWeights.IsFinite)
            {
                throw TwoTowerFit.Diverged(Options);
            }

            var rank = Options.ApproximationRank;
            var token = context.CancellationToken;
            var userSide = TowerSide.Of(users, userWeights, rank, (float)(1 / Options.Temperature), token);
            var itemSide = TowerSide.Of(items, itemWeights, rank, 1, token);

            // No score then exceeds what a float holds.
            return userSide.ByCode.LargestLength() * itemSide.ByCode.LargestLength() < float.MaxValue
                ? new TwoTowerModel(Options, rows.Users, rows.Items, userSide, itemSide)
                : throw TwoTowerFit.Diverged(Options);
        }
    }
}
