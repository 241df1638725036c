using Evenhand.Data;

namespace Evenhand.Learning.Recommendation.Ensemble;

/// <summary>Weights of a blend of ratings.</summary>
/// <param name="Members">Weight of each member; none negative.</param>
/// <param name="Intercept">What is added.</param>
internal sealed record RatingWeights(double[] Members, double Intercept)
{
    // With fewer rows for each weight the weights would fit chance.
    private const int LeastRowsOfMember = 10;

    /// <summary>The weights, and intercept, of least squared error on rows that no member has seen; equal weights where
    /// there are too few rows.</summary>
    /// <remarks>L. Breiman, "Stacked regressions", Machine Learning 24, 1996, with an intercept: weights are fitted to
    /// what is left of ratings and predictions when their means are taken away.</remarks>
    /// <param name="predictions">Predictions of each member.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="learner">Who asks, for messages.</param>
    public static RatingWeights Fit(double[][] predictions, Dataset rows, string learner)
    {
        var count = predictions.Length;
        if (rows.RowCount < LeastRowsOfMember * count)
        {
            return new RatingWeights([.. Enumerable.Repeat(1.0 / count, count)], 0);
        }

        var labels = TrainingColumns.NumericLabel(rows, learner).Values.ToArray();
        var weights = TrainingColumns.Weights(rows) is { } column
            ? column.Values.ToArray()
            : [.. Enumerable.Repeat(1.0, labels.Length)];
        var total = weights.Sum();
        double Mean(double[] values) => values.Zip(weights, (value, weight) => value * weight).Sum() / total;
        var target = Mean(labels);
        var means = Array.ConvertAll(predictions, Mean);
        var gram = new double[count, count];
        var products = new double[count];
        for (var row = 0; row < labels.Length; row++)
        {
            for (var i = 0; i < count; i++)
            {
                var own = weights[row] * (predictions[i][row] - means[i]);
                products[i] += own * (labels[row] - target);
                for (var j = 0; j < count; j++)
                {
                    gram[i, j] += own * (predictions[j][row] - means[j]);
                }
            }
        }

        var fitted = ActiveSetLeastSquares.Solve(gram, products);
        return new RatingWeights(fitted, target - fitted.Zip(means, (weight, mean) => weight * mean).Sum());
    }
}
