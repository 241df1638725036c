using System.Runtime.CompilerServices;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Recommendation.Similarity;

/// <summary>Computes single rows of X'X, the inner products of an item with all others, by accumulation over the users
/// who chose it.</summary>
/// <remarks>Not safe for use by several threads: each has its own. Sums run in the order of the users, so a row does
/// not depend on what was computed before.</remarks>
/// <param name="byUser">X: a row for each user.</param>
/// <param name="byItem">X transposed.</param>
internal sealed class GramRow(SparseMatrix byUser, SparseMatrix byItem)
{
    private readonly double[] _sums = new double[byItem.RowCount];
    private readonly int[] _counts = new int[byItem.RowCount];
    private readonly int[] _touched = new int[byItem.RowCount];
    private int _touchedCount;

    /// <summary>Inner product with each item.</summary>
    public ReadOnlySpan<double> Sums => _sums;

    /// <summary>Number of users that each item shares with the one of the row.</summary>
    public ReadOnlySpan<int> Counts => _counts;

    /// <summary>The items that share a user with the one of the row, itself among them, ascending.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, _touchedCount);

    /// <summary>Computes the row of an item.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Compute(int item)
    {
        foreach (var other in Touched)
        {
            _sums[other] = 0;
            _counts[other] = 0;
        }

        _touchedCount = 0;
        var users = byItem.ColumnsOf(item);
        var own = byItem.ValuesOf(item);
        for (var i = 0; i < users.Length; i++)
        {
            var items = byUser.ColumnsOf(users[i]);
            var values = byUser.ValuesOf(users[i]);
            for (var k = 0; k < items.Length; k++)
            {
                var other = items[k];
                if (_counts[other]++ == 0)
                {
                    _touched[_touchedCount++] = other;
                }

                _sums[other] += (double)own[i] * values[k];
            }
        }

        _touched.AsSpan(0, _touchedCount).Sort();
    }
}
