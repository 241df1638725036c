namespace Evenhand.Learning;

/// <summary>The minimum of <c>x'Ax / 2 - b'x</c> over vectors x without negative elements, by cyclic coordinate
/// descent.</summary>
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
    /// <param name="unknowns">The start, with elements of at least 0; receives x.</param>
    public static void Solve(FactorTable matrix, Span<float> right, Span<float> unknowns)
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

                var better = Math.Max(0, unknowns[row] + (right[row] / curvature));
                var step = better - unknowns[row];
                if (step != 0)
                {
                    unknowns[row] = better;
                    FloatVectors.AddScaled(-step, matrix.Padded(row), right);
                }

                largest = Math.Max(largest, better);
                change = Math.Max(change, Math.Abs(step));
            }

            if (change <= Tolerance * largest)
            {
                return;
            }
        }
    }
}
