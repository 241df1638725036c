namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>The minimum of <c>x'Ax / 2 - b'x</c> over vectors x whose first elements must not be negative, by cyclic
/// coordinate descent.</summary>
/// <remarks>V. Franc, V. Hlavac, M. Navara, "Sequential coordinate-wise algorithm for the non-negative least squares
/// problem", CAIP 2005, eq. 9 to 12.</remarks>
internal static class NonNegativeDescent
{
    private const int MostSweeps = 100;

    // Of the largest element: below it a sweep changes no more than rounding does.
    private const float Tolerance = 1e-6f;

    /// <param name="matrix">A, positive semidefinite, of which the upper triangle is read and the lower one
    /// filled.</param>
    /// <param name="right">b; overwritten.</param>
    /// <param name="unknowns">The start, which keeps the bounds; receives x.</param>
    /// <param name="constrained">How many of the first elements must not be negative.</param>
    public static void Solve(FactorTable matrix, Span<float> right, Span<float> unknowns, int constrained)
    {
        SymmetricKernel.Mirror(matrix);

        // From here on b holds the descent direction b - A x.
        for (var row = 0; row < unknowns.Length; row++)
        {
            FloatVectors.AddScaled(-unknowns[row], matrix.Padded(row), right);
        }

        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            var (largest, change) = (0f, 0f);
            for (var row = 0; row < unknowns.Length; row++)
            {
                var curvature = matrix[row][row];
                if (curvature <= float.Epsilon)
                {
                    continue;
                }

                var better = unknowns[row] + (right[row] / curvature);
                better = row < constrained ? Math.Max(0, better) : better;
                var step = better - unknowns[row];
                if (step != 0)
                {
                    unknowns[row] = better;
                    FloatVectors.AddScaled(-step, matrix.Padded(row), right);
                }

                largest = Math.Max(largest, Math.Abs(better));
                change = Math.Max(change, Math.Abs(step));
            }

            if (change <= Tolerance * largest)
            {
                return;
            }
        }
    }
}
