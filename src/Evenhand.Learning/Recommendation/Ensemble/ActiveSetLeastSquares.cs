namespace Evenhand.Learning.Recommendation.Ensemble;

/// <summary>Least squares with few coefficients of at least 0, exact in double precision: the predictions of the
/// members of an ensemble are nearly collinear, where coordinate descent takes long.</summary>
internal static class ActiveSetLeastSquares
{
    // Slopes below this share of the largest product count as 0: what is left of a column that others make up.
    private const double Tolerance = 1e-10;

    /// <summary>The minimum of <c>x'Gx / 2 - b'x</c> over x of at least 0, by the active set method.</summary>
    /// <remarks>C. L. Lawson, R. J. Hanson, "Solving least squares problems", 1974, algorithm 23.10, on the normal
    /// equations: with a matrix A and a target y, G = A'A and b = A'y.</remarks>
    /// <param name="gram">G, n x n, symmetric and positive semidefinite.</param>
    /// <param name="products">b, n elements.</param>
    public static double[] Solve(double[,] gram, double[] products)
    {
        var count = products.Length;
        var x = new double[count];
        var free = new List<int>();
        var refused = new HashSet<int>();
        var scale = Tolerance * products.Append(double.Epsilon).Max(Math.Abs);

        // Each round frees a variable for good or lowers the objective; the limit is against rounding alone.
        for (var round = 0; round < 10 * (count + 1); round++)
        {
            var slopes = Enumerable.Range(0, count)
                .Select(i => products[i] - Enumerable.Range(0, count).Sum(j => gram[i, j] * x[j])).ToArray();
            var best = Enumerable.Range(0, count)
                .Where(i => !free.Contains(i) && !refused.Contains(i) && slopes[i] > scale)
                .OrderByDescending(i => slopes[i]).FirstOrDefault(-1);
            if (best < 0)
            {
                break;
            }

            free.Add(best);
            while (free.Count > 0)
            {
                if (SolveFree(gram, products, free) is not { } target)
                {
                    // The new column is a combination of those that are free.
                    free.Remove(best);
                    refused.Add(best);
                    break;
                }

                var blocking = free.Index().Where(v => target[v.Index] <= 0)
                    .Select(v => (v.Item, Share: x[v.Item] / (x[v.Item] - target[v.Index]))).ToArray();
                var share = blocking.Length == 0 ? 1 : blocking.Min(v => v.Share);
                foreach (var (place, variable) in free.Index())
                {
                    x[variable] += share * (target[place] - x[variable]);
                }

                if (blocking.Length == 0)
                {
                    break;
                }

                foreach (var (variable, _) in blocking.Where(v => v.Share <= share))
                {
                    x[variable] = 0;
                    free.Remove(variable);
                }
            }
        }

        return x;
    }

    // Cholesky factorization of the free part; null where it is not positive definite.
    private static double[]? SolveFree(double[,] gram, double[] products, List<int> free)
    {
        var n = free.Count;
        var lower = new double[n, n];
        var x = new double[n];
        for (var i = 0; i < n; i++)
        {
            var forward = products[free[i]];
            for (var j = 0; j <= i; j++)
            {
                var rest = gram[free[i], free[j]];
                for (var k = 0; k < j; k++)
                {
                    rest -= lower[i, k] * lower[j, k];
                }

                if (i == j && rest <= Tolerance * gram[free[i], free[i]])
                {
                    return null;
                }

                lower[i, j] = i == j ? Math.Sqrt(rest) : rest / lower[j, j];
            }

            for (var k = 0; k < i; k++)
            {
                forward -= lower[i, k] * x[k];
            }

            x[i] = forward / lower[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
            {
                x[i] -= lower[k, i] * x[k];
            }

            x[i] /= lower[i, i];
        }

        return x;
    }
}
