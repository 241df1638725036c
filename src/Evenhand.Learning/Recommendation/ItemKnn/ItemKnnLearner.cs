using Evenhand.Data;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Recommendation.Bias;
using Evenhand.Learning.Recommendation.Similarity;

namespace Evenhand.Learning.Recommendation.ItemKnn;

/// <summary>Predicts from the items that are similar to an item and that the user has rated or chosen.</summary>
/// <remarks>
/// <para>Explicit: <c>b_ui + sum(s_ij w_uj (r_uj - b_uj)) / sum(s_ij w_uj)</c> over the neighbours j of item i among
/// the items of user u, with the baseline b of <see cref="BiasLearner"/> and weights w (B. Sarwar, G. Karypis, J.
/// Konstan, J. Riedl, "Item-based collaborative filtering recommendation algorithms", WWW 2001, section 3.2; centred by
/// the baseline as in Y. Koren, "Factor in the neighbors", ACM TKDD 4(1), 2010, eq. 3).</para>
/// <para>Implicit: <c>sum(s_ij x_uj)</c>, where x is the square root of a choice's weight (M. Deshpande, G. Karypis,
/// "Item-based top-N recommendation algorithms", ACM TOIS 22(1), 2004, section 4).</para>
/// <para>s is the cosine of two items' deviations from the baseline (explicit) or choices (implicit), shrunk where they
/// have few users in common. It is computed row by row: memory holds the neighbours that are kept and one row of
/// similarities for each thread. The model does not depend on the number of threads.</para>
/// </remarks>
/// <param name="options">Feedback, neighbours, similarity.</param>
public sealed class ItemKnnLearner(ItemKnnOptions options) : Learner<ItemKnnOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<ItemKnnOptions>(
        ItemKnnModel.Name,
        "Predicts from the user's items that are most similar to an item, by ratings or by choices.",
        [TaskKind.RatingPrediction, TaskKind.TopN],
        options => new ItemKnnLearner(options),
        ItemKnnModel.Read);

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var feedback = FeedbackMatrix.Of(train, ItemKnnModel.Name, Options.Feedback, context);
        var byItem = feedback.Signals.Transpose();
        var neighbours = new (int[] Items, float[] Similarities)[byItem.RowCount];
        ParallelRows.For(
            byItem.RowCount,
            "items",
            context,
            () => new GramRow(feedback.Signals, byItem),
            (item, row) =>
            {
                row.Compute(item);
                neighbours[item] = Nearest(item, row, feedback.Squares);
            });
        return new ItemKnnModel(
            Options,
            train.UserColumn!.Vocabulary,
            train.ItemColumn!.Vocabulary,
            feedback,
            SparseMatrix.OfRows(neighbours, byItem.RowCount));
    }

    /// <summary>The neighbours of an item by descending similarity, then by code.</summary>
    private (int[] Items, float[] Similarities) Nearest(int item, GramRow row, double[] squares)
    {
        var found = new List<ulong>();
        foreach (var other in row.Touched)
        {
            var similarity = (float)FeedbackMatrix.Similarity(
                row.Sums[other], squares[item], squares[other], row.Counts[other], Options.Shrinkage);
            if (other != item && similarity > 0 && similarity >= Options.MinimumSimilarity)
            {
                found.Add(NeighbourKey.Of(similarity, other));
            }
        }

        found.Sort();
        var kept = found.Take(Options.ModelSize).ToArray();
        return (Array.ConvertAll(kept, NeighbourKey.CodeOf), Array.ConvertAll(kept, NeighbourKey.SimilarityOf));
    }
}
