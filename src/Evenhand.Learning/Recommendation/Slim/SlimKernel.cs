using System.Runtime.CompilerServices;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Recommendation.Slim;

/// <summary>Coordinate descent for the weights of one item, on the products of all items.</summary>
/// <remarks>
/// <para>With G = X'X and all other weights held, the minimum over <c>w_k</c> for item j is
/// <c>S(G_kj - (G w)_k + G_kk w_k, l1) / (G_kk + l2)</c>, where S draws its argument towards 0 by l1 and, for
/// non-negative weights, cuts it off at 0 (J. Friedman, T. Hastie, R. Tibshirani, "Regularization paths for generalized
/// linear models via coordinate descent", Journal of Statistical Software 33(1), 2010, eq. 5 and section 2.2). G w is
/// kept up to date, so that only changes of a weight cost more than a few operations.</para>
/// <para>Passes visit a working set, with its part of G gathered into a small dense matrix, until its weights are
/// found. The set then loses the items of weight 0 and gains those that would have a weight now, until there are
/// none.</para>
/// </remarks>
/// <param name="gram">X'X; the columns of a row ascend.</param>
/// <param name="options">Regularization, sign, neighbours, stopping.</param>
/// <param name="cancellationToken">Polled before each pass.</param>
internal sealed class SlimKernel(SparseMatrix gram, SlimOptions options, CancellationToken cancellationToken)
{
    /// <summary>So many items join the working set at least, if they would have a weight: as many as it has where that
    /// is more.</summary>
    private const int FewestAdded = 64;

    private readonly double[] _diagonal = Diagonal(gram);
    private readonly double[] _targets = new double[gram.RowCount];
    private readonly double[] _products = new double[gram.RowCount];
    private readonly double[] _weights = new double[gram.RowCount];
    private readonly int[] _places = new int[gram.RowCount];

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
        for (var passes = 0; passes < options.NumberOfIterations;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var held = NonZero();
            var added = Added(candidates, Math.Max(held.Length, FewestAdded));
            if (added.Length == 0)
            {
                return;
            }

            passes += DescendWithin([.. held, .. added], options.NumberOfIterations - passes);
        }
    }

    /// <summary>Items of weight 0 that would have another one with all others held: those of the largest, if there are
    /// more than asked for.</summary>
    private int[] Added(int[] candidates, int most)
    {
        var least = options.OptimizationTolerance * _weights.Max(Math.Abs);
        var items = new List<int>();
        var keys = new List<double>();
        foreach (var item in candidates)
        {
            var better = _weights[item] == 0 ? Math.Abs(Minimum(item, _products[item], 0)) : 0;
            if (better > least)
            {
                items.Add(item);
                keys.Add(-better);
            }
        }

        int[] found = [.. items];
        if (found.Length > most)
        {
            Array.Sort([.. keys], found);
            Array.Resize(ref found, most);
        }

        return found;
    }

    /// <summary>Finds the weights of some items with all others held.</summary>
    /// <returns>The number of passes that it took, at least 1.</returns>
    private int DescendWithin(int[] items, int mostPasses)
    {
        var stride = DoubleVectors.PaddedLength(items.Length);
        var block = Gather(items, stride);
        var products = new double[stride];
        var weights = new double[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            products[i] = _products[items[i]];
            weights[i] = _weights[items[i]];
        }

        var passes = 0;
        for (var settled = false; passes < mostPasses && !settled; passes++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (largest, change) = (0.0, 0.0);
            for (var i = 0; i < items.Length; i++)
            {
                var old = weights[i];
                var better = Minimum(items[i], products[i], old);
                largest = Math.Max(largest, Math.Abs(better));
                if (better != old)
                {
                    change = Math.Max(change, Math.Abs(better - old));
                    weights[i] = better;
                    DoubleVectors.AddScaledPadded(better - old, block.AsSpan(i * stride, stride), products);
                }
            }

            settled = change <= options.OptimizationTolerance * largest;
        }

        for (var i = 0; i < items.Length; i++)
        {
            if (weights[i] != _weights[items[i]])
            {
                AddRow(items[i], weights[i] - _weights[items[i]]);
                _weights[items[i]] = weights[i];
            }
        }

        return passes;
    }

    /// <summary>The rows and columns of some items in X'X; rows are padded with zeros to the stride.</summary>
    private double[] Gather(int[] items, int stride)
    {
        var block = new double[items.Length * stride];
        for (var i = 0; i < items.Length; i++)
        {
            _places[items[i]] = i + 1;
        }

        for (var i = 0; i < items.Length; i++)
        {
            var columns = gram.ColumnsOf(items[i]);
            var values = gram.ValuesOf(items[i]);
            for (var k = 0; k < columns.Length; k++)
            {
                if (_places[columns[k]] > 0)
                {
                    block[(i * stride) + _places[columns[k]] - 1] = values[k];
                }
            }
        }

        foreach (var item in items)
        {
            _places[item] = 0;
        }

        return block;
    }

    /// <summary>The best weight of an item with all others held.</summary>
    private double Minimum(int item, double product, double old)
    {
        var residual = _targets[item] - product + (_diagonal[item] * old);
        var shrunk = residual > options.L1Regularization ? residual - options.L1Regularization
            : residual < -options.L1Regularization && !options.NonNegative ? residual + options.L1Regularization
            : 0;
        return shrunk / (_diagonal[item] + options.L2Regularization);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
