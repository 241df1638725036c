using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Recommendation.ItemKnn;
using Evenhand.Learning.Recommendation.MatrixFactorization;
using Evenhand.Learning.Recommendation.Similarity;
using Evenhand.Learning.Recommendation.Slim;

namespace Evenhand.Learning.Recommendation.Ease;

/// <summary>Fits one weight for each pair of items so that the choices of each user are regained from the others; in
/// closed form.</summary>
/// <remarks>
/// <para>Minimizes <c>|X - X B|^2 + lambda |B|^2</c> (Frobenius norms) over all B with a zero diagonal. With
/// <c>P = (X'X + lambda I)^-1</c> the minimum is <c>B_ij = -P_ij / P_jj</c> (H. Steck, "Embarrassingly shallow
/// autoencoders for sparse data", WWW 2019, eq. 8).</para>
/// <para>X has a row for each user and a column for each item; the entry of a chosen item is the square root of the
/// pair's weight (of the sum of the weights of its rows), so 1 without weights. Where all rows of a user weigh
/// the same, this is the least squares fit in which the user has that weight. The label, where there is one, is not
/// read: a row is a choice.</para>
/// <para>Time grows with the cube of the number of items, memory with its square: 8 bytes for each pair while it is
/// fitted, 4 in the model. The model does not depend on the number of threads.</para>
/// </remarks>
/// <param name="options">The regularization.</param>
public sealed class EaseLearner(EaseOptions options) : Learner<EaseOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<EaseOptions>(
        EaseModel.Name,
        "A weight for each pair of items that regains the choices of users, in closed form.",
        [TaskKind.TopN],
        options => new EaseLearner(options),
        EaseModel.Read);

    /// <summary>The largest catalogue that is fitted; its model takes 1.6 GB.</summary>
    private const int MostItems = 20_000;

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var rows = Interactions.Of(train, EaseModel.Name, needsLabel: false);
        if (rows.Items.Count > MostItems)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{train.Name}' has {rows.Items.Count} items; '{EaseModel.Name}' keeps a weight for each pair of "
                + $"items and takes at most {MostItems}. Use '{SlimModel.Name}', '{ItemKnnModel.Name}' or "
                + $"'{MatrixFactorizationModel.Name}', or leave out rare items."));
        }

        var choices = PairMatrices.Choices(rows, context.CancellationToken);
        var inverse = Gram(choices, context);
        if (!PositiveDefiniteInverse.TryInvert(inverse, context))
        {
            throw new DivergenceException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{EaseModel.Name}' cannot invert the products of the items of '{train.Name}': raise lambda "
                + $"({Options.Lambda})."));
        }

        return new EaseModel(Options, rows.Users, rows.Items, choices, Weights(inverse, context));
    }

    /// <summary>X'X + lambda I.</summary>
    private SymmetricTiles Gram(SparseMatrix choices, FitContext context)
    {
        var byItem = choices.Transpose();
        var gram = new SymmetricTiles(byItem.RowCount);
        ParallelRows.For(
            byItem.RowCount,
            "items",
            context with { Progress = null },
            () => (Row: new GramRow(choices, byItem), Lower: new double[byItem.RowCount]),
            (item, own) =>
            {
                own.Row.Compute(item);
                own.Row.Sums[..(item + 1)].CopyTo(own.Lower);
                own.Lower[item] += Options.Lambda;
                gram.SetRow(item, own.Lower.AsSpan(0, item + 1));
            });
        return gram;
    }

    /// <summary>B, row by row.</summary>
    /// <exception cref="DivergenceException">A weight is not finite.</exception>
    private float[] Weights(SymmetricTiles inverse, FitContext context)
    {
        var count = inverse.Order;
        var diagonal = new double[count];
        for (var item = 0; item < count; item++)
        {
            diagonal[item] = inverse[item, item];
        }

        var weights = new float[count * count];
        ParallelRows.For(
            count,
            "items",
            context with { Progress = null },
            () => new double[count],
            (item, row) =>
            {
                inverse.CopyRow(item, row);
                var target = weights.AsSpan(item * count, count);
                for (var other = 0; other < count; other++)
                {
                    target[other] = other == item ? 0 : (float)(-row[other] / diagonal[other]);
                }
            });
        return Array.TrueForAll(weights, float.IsFinite) ? weights : throw new DivergenceException(string.Create(
            CultureInfo.InvariantCulture,
            $"'{EaseModel.Name}' left the finite numbers: raise lambda ({Options.Lambda})."));
    }
}
