using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Recommendation.ItemKnn;
using Evenhand.Learning.Recommendation.MatrixFactorization;
using Evenhand.Learning.Recommendation.Similarity;

namespace Evenhand.Learning.Recommendation.Slim;

/// <summary>Fits a sparse weight for each pair of items so that the choices of each item are regained from those of
/// others.</summary>
/// <remarks>
/// <para>For each item j with column x of the choices X, minimizes
/// <c>1/2 |x - X w|^2 + l2/2 |w|^2 + l1 |w|_1</c> over w with <c>w_j = 0</c>, and <c>w >= 0</c> where options say so
/// (X. Ning, G. Karypis, "SLIM: sparse linear methods for top-N recommender systems", ICDM 2011, eq. 3 and 4). With
/// <see cref="SlimOptions.NumberOfNeighbours"/> only the items most similar to j take part (there, fsSLIM).</para>
/// <para>X has a row for each user and a column for each item; the entry of a chosen item is the square root of the
/// pair's weight (of the sum of the weights of its rows), so 1 without weights. Where all rows of a user weigh
/// the same, this is the least squares fit in which the user has that weight. The label, where there is one, is not
/// read: a row is a choice.</para>
/// <para>While it is fitted, memory holds 8 bytes for each pair of items that share a user. Items are independent, so
/// the model does not depend on the number of threads.</para>
/// </remarks>
/// <param name="options">Regularization, sign, neighbours, stopping.</param>
public sealed class SlimLearner(SlimOptions options) : Learner<SlimOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<SlimOptions>(
        SlimModel.Name,
        "Sparse weights for pairs of items that regain the choices of users, by an elastic net.",
        [TaskKind.TopN],
        options => new SlimLearner(options),
        SlimModel.Read);

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var rows = Interactions.Of(train, SlimModel.Name, needsLabel: false);
        var choices = PairMatrices.Choices(rows, context.CancellationToken);
        var gram = Gram(choices, train.Name, context);
        var weights = new (int[] Items, float[] Values)[gram.RowCount];
        ParallelRows.For(
            gram.RowCount,
            "items",
            context,
            () => new SlimKernel(gram, Options, context.CancellationToken),
            (item, kernel) => weights[item] = kernel.Fit(item));
        return new SlimModel(
            Options, rows.Users, rows.Items, choices, SparseMatrix.OfRows(weights, gram.RowCount).Transpose());
    }

    /// <summary>X'X.</summary>
    /// <exception cref="InputException">It has more elements than an array.</exception>
    private static SparseMatrix Gram(SparseMatrix choices, string data, FitContext context)
    {
        var byItem = choices.Transpose();
        var gram = new (int[] Items, float[] Values)[byItem.RowCount];
        ParallelRows.For(
            byItem.RowCount,
            "items",
            context with { Progress = null },
            () => new GramRow(choices, byItem),
            (item, row) =>
            {
                row.Compute(item);
                var items = row.Touched.ToArray();
                var values = new float[items.Length];
                for (var i = 0; i < items.Length; i++)
                {
                    values[i] = (float)row.Sums[items[i]];
                }

                gram[item] = (items, values);
            });
        var pairs = gram.Sum(row => (long)row.Items.Length);
        return pairs <= Array.MaxLength ? SparseMatrix.OfRows(gram, byItem.RowCount) : throw new InputException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{pairs} pairs of items of '{data}' share a user; '{SlimModel.Name}' takes at most "
                + $"{Array.MaxLength}. Use '{ItemKnnModel.Name}' or '{MatrixFactorizationModel.Name}', or leave out "
                + $"rare items."));
    }
}
