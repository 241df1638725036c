using System.Runtime.CompilerServices;

namespace Evenhand.Learning;

/// <summary>Coordinate descent for the weights of one item, on the products of all items.</summary>
/// <remarks>
/// <para>With G = X'X and all other weights held, the minimum over <c>w_k</c> for item j is
/// <c>S(G_kj - (G w)_k + G_kk w_k, l1) / (G_kk + l2)</c>, where S draws its argument towards 0 by l1 and, for
/// non-negative weights, cuts it off at 0 (J. Friedman, T. Hastie, R. Tibshirani, "Regularization paths for generalized
/// linear models via coordinate descent", Journal of Statistical Software 33(1), 2010, eq. 5 and section 2.2). G w is
/// kept up to date, so that only changes of a weight cost more than a few operations.</para>
/// <para>After a pass over all candidates, passes visit the weights that are not 0 until these are found; a last pass
/// over all candidates has to confirm them.</para>
/// </remarks>
/// <param name="gram">X'X; the columns of a row ascend.</param>
/// <param name="options">Regularization, sign, neighbours, stopping.</param>
/// <param name="cancellationToken">Polled before each pass.</param>
internal sealed class SlimKernel(SparseMatrix gram, SlimOptions options, CancellationToken cancellationToken)
{
    private readonly double[] _diagonal = Diagonal(gram);
    private readonly double[] _targets = new double[gram.RowCount];
    private readonly double[] _products = new double[gram.RowCount];
    private readonly double[] _weights = new double[gram.RowCount];

    /// <summary>The weights of all items for the score of one; those that are not 0, ascending.</summary>
    public (int[] Items, float[] Values) Fit(int item)
    {
        Array.Clear(_targets);
        Array.Clear(_products);
        Array.Clear(_weights);
        var columns = gram.ColumnsOf(item);
        var values = gram.ValuesOf(item);
        for (var i = 0; i < columns.Length; i++)
        {
            _targets[columns[i]] = values[i];
        }

        Descend(Candidates(item));
        var chosen = NonZero();
        return (chosen, Array.ConvertAll(chosen, k => (float)_weights[k]));
    }

    private static double[] Diagonal(SparseMatrix gram)
    {
        var diagonal = new double[gram.RowCount];
        for (var item = 0; item < diagonal.Length; item++)
        {
            var place = gram.ColumnsOf(item).BinarySearch(item);
            diagonal[item] = place < 0 ? 0 : gram.ValuesOf(item)[place];
        }

        return diagonal;
    }

    /// <summary>The items that may have a weight.</summary>
    /// <remarks>Where no weight is negative, items that share no user with this one have none: (G w) is nowhere
    /// negative then, and S(-(G w)_k) = 0.</remarks>
    private int[] Candidates(int item)
    {
        var items = options.NonNegative || options.NumberOfNeighbours > 0
            ? gram.ColumnsOf(item).ToArray()
            : [.. Enumerable.Range(0, gram.RowCount)];
        items = Array.FindAll(items, k => k != item && _diagonal[k] > 0);
        if (options.NumberOfNeighbours == 0 || items.Length <= options.NumberOfNeighbours)
        {
            return items;
        }

        // By descending cosine (its denominator's part of this item is the same for all), then by code.
        var keys = Array.ConvertAll(items, k => (-_targets[k] / Math.Sqrt(_diagonal[k]), k));
        Array.Sort(keys, items);
        Array.Resize(ref items, options.NumberOfNeighbours);
        Array.Sort(items);
        return items;
    }

    private void Descend(int[] candidates)
    {
        var passes = 0;
        while (passes < options.NumberOfIterations)
        {
            var settled = Pass(candidates);
            passes++;
            if (settled)
            {
                return;
            }

            var active = NonZero();
            while (passes < options.NumberOfIterations && !Pass(active))
            {
                passes++;
            }
        }
    }

    /// <summary>Improves the weight of each item in turn.</summary>
    /// <returns>Whether no weight changed by more than the tolerance.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Pass(int[] items)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (largest, change) = (0.0, 0.0);
        foreach (var item in items)
        {
            var old = _weights[item];
            var residual = _targets[item] - _products[item] + (_diagonal[item] * old);
            var shrunk = residual > options.L1Regularization ? residual - options.L1Regularization
                : residual < -options.L1Regularization && !options.NonNegative ? residual + options.L1Regularization
                : 0;
            var better = shrunk / (_diagonal[item] + options.L2Regularization);
            largest = Math.Max(largest, Math.Abs(better));
            if (better != old)
            {
                change = Math.Max(change, Math.Abs(better - old));
                _weights[item] = better;
                AddRow(item, better - old);
            }
        }

        return change <= options.OptimizationTolerance * largest;
    }

    private void AddRow(int item, double factor)
    {
        var columns = gram.ColumnsOf(item);
        var values = gram.ValuesOf(item);
        for (var i = 0; i < columns.Length; i++)
        {
            _products[columns[i]] += factor * values[i];
        }
    }

    private int[] NonZero()
    {
        var items = new List<int>();
        for (var item = 0; item < _weights.Length; item++)
        {
            if (_weights[item] != 0)
            {
                items.Add(item);
            }
        }

        return [.. items];
    }
}
