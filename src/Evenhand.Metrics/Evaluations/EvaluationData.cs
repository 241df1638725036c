using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Evenhand.Metrics.Evaluations;

/// <summary>Predictions and what they are held against: one row a rating, a decision or a user's ranked list.</summary>
public abstract record EvaluationData
{
    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>What is predicted.</summary>
    public abstract PredictionKind Kind { get; }

    /// <summary>The unit of each row that the bootstrap draws as a whole, such as its user's code; a row with a
    /// negative code is a unit of its own.</summary>
    /// <value>Null: each row is a unit of its own.</value>
    public int[]? Units { get; init; }

    /// <summary>Weight of each row, not negative; null where all rows weigh 1.</summary>
    internal abstract double[]? RowWeights { get; }

    /// <summary>Throws where lengths differ or a value is not allowed.</summary>
    /// <exception cref="ArgumentException">With the name of the array and the row.</exception>
    internal virtual void Validate()
    {
        CheckLength(Units?.Length, nameof(Units));
        if (RowWeights is { } weights)
        {
            CheckLength(weights.Length, "Weights");
            CheckFinite(weights, "Weights");
            for (var row = 0; row < weights.Length; row++)
            {
                if (weights[row] < 0)
                {
                    throw new ArgumentException($"Weights[{row}] is negative.");
                }
            }
        }
    }

    private protected void CheckLength(int? length, string name)
    {
        if (length is not null && length != Count)
        {
            throw new ArgumentException($"{name} has {length} entries where there are {Count} rows.");
        }
    }

    private protected static void CheckFinite(double[] values, string name)
    {
        // A finite number times 0 is 0 and anything else NaN: one branch-free sum tells whether to look closer.
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value * 0;
        }

        if (sum == 0)
        {
            return;
        }

        var row = Array.FindIndex(values, v => !double.IsFinite(v));
        throw new ArgumentException(FormattableString.Invariant($"{name}[{row}] is {values[row]}; it must be finite."));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected static void CheckBinary(int[] values, string name)
    {
        var vectors = MemoryMarshal.Cast<int, Vector<int>>(values);
        var bits = Vector<int>.Zero;
        foreach (var vector in vectors)
        {
            bits |= vector;
        }

        var all = 0;
        for (var lane = 0; lane < Vector<int>.Count; lane++)
        {
            all |= bits[lane];
        }

        foreach (var value in values.AsSpan(vectors.Length * Vector<int>.Count))
        {
            all |= value;
        }

        if ((all & ~1) != 0)
        {
            var row = Array.FindIndex(values, v => v is not (0 or 1));
            throw new ArgumentException($"{name}[{row}] is {values[row]}; it must be 0 or 1.");
        }
    }
}
