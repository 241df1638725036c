using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Evenhand.Configuration.Randomness;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Text.FastText;

/// <summary>Gradient steps of some dimensions of all vectors over batches of texts.</summary>
/// <remarks>
/// <para>The vector h of a text is the mean of the vectors of its n features, its outputs are <c>o_c = h . w_c</c>
/// (A. Joulin, E. Grave, P. Bojanowski, T. Mikolov, "Bag of tricks for efficient text classification", EACL 2017, eq.
/// 1). With errors e = -dL/do and a step s, <c>g = sum over c of e_c w_c</c>, then <c>w_c += s e_c h</c> and
/// <c>v_f += s g / n</c> for each feature f, once for each time that it occurs.</para>
/// <para>Outputs are sums over dimensions, all else happens in each dimension by itself. So the dimensions are cut into
/// slices of one register, each with a table of its own, and a thread works on some of the slices: it gives their part
/// of the outputs of a batch of texts, and once all threads have done so takes the steps in them. Threads share nothing
/// but these outputs, which are added up in one order, so their number does not change a bit of the result.</para>
/// </remarks>
internal sealed unsafe class FastTextKernel
{
    private readonly FeatureRows _rows;
    private readonly FactorTable[] _features;
    private readonly FactorTable[] _outputs;

    /// <summary>All output vectors are 0, and the elements of the features' uniform in (-1 / dimension, 1 /
    /// dimension).</summary>
    /// <param name="rows">Features of the texts.</param>
    /// <param name="featureCount">Number of features.</param>
    /// <param name="outputCount">Number of outputs.</param>
    /// <param name="dimension">Length of the vectors.</param>
    /// <param name="context">Seeds, threads and cancellation.</param>
    public FastTextKernel(FeatureRows rows, int featureCount, int outputCount, int dimension, FitContext context)
    {
        _rows = rows;
        Dimension = dimension;
        var slices = (dimension + Width - 1) / Width;
        _features = new FactorTable[slices];
        _outputs = new FactorTable[slices];
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = context.Threads,
            CancellationToken = context.CancellationToken,
        };
        var random = context.Seeds.Fork("vectors").CreateRandom();
        for (var slice = 0; slice < slices; slice++)
        {
            _outputs[slice] = new FactorTable(outputCount, Width);
            var table = _features[slice] = new FactorTable(featureCount, Width);
            // The deviation of a uniform distribution is its width by the root of 12.
            table.FillUniform(random, 0, 2 / (dimension * Math.Sqrt(12)), nonNegative: false, parallel);
            if (dimension - (slice * Width) is var used && used < Width)
            {
                for (var feature = 0; feature < featureCount; feature++)
                {
                    table[feature][used..].Clear();
                }
            }
        }
    }

    /// <summary>Dimensions of a slice: floats in the widest register.</summary>
    public static int Width => Vector512.IsHardwareAccelerated ? Lanes512.Count : Lanes256.Count;

    /// <summary>Length of the vectors.</summary>
    public int Dimension { get; }

    /// <summary>Number of slices.</summary>
    public int SliceCount => _features.Length;

    /// <summary>Number of features.</summary>
    public int FeatureCount => _features[0].Rows;

    /// <summary>Number of outputs.</summary>
    public int OutputCount => _outputs[0].Rows;

    /// <summary>The elements of a feature's vector that are in a slice, zeros after the last dimension.</summary>
    public Span<float> Feature(int slice, int feature) => _features[slice][feature];

    /// <summary>The elements of an output vector that are in a slice, zeros after the last dimension.</summary>
    public Span<float> Output(int slice, int output) => _outputs[slice][output];

    /// <summary>What a slice gives to the outputs of a text.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="row">The text.</param>
    /// <param name="mean">Set to the slice of the text's vector: <see cref="Width"/> floats.</param>
    /// <param name="ids">The outputs that are wanted; empty for all.</param>
    /// <param name="outputs">Set, one for each of them.</param>
    public void SetOutputs(int slice, int row, Span<float> mean, ReadOnlySpan<int> ids, Span<float> outputs)
    {
        CheckMean(mean);
        if (Vector512.IsHardwareAccelerated)
        {
            SetOutputs<Vector512<float>, Lanes512>(slice, row, mean, ids, outputs);
        }
        else
        {
            SetOutputs<Vector256<float>, Lanes256>(slice, row, mean, ids, outputs);
        }
    }

    /// <summary>Takes the step of a text in a slice.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="row">The text.</param>
    /// <param name="mean">The slice of the text's vector, as <see cref="SetOutputs"/> gave it.</param>
    /// <param name="ids">The outputs that have errors; empty for all.</param>
    /// <param name="errors">Error of each of them, times the size of the step.</param>
    /// <param name="outputFactor">Factor of the step of output vectors.</param>
    public void Step(
        int slice,
        int row,
        ReadOnlySpan<float> mean,
        ReadOnlySpan<int> ids,
        ReadOnlySpan<float> errors,
        float outputFactor)
    {
        CheckMean(mean);
        if (Vector512.IsHardwareAccelerated)
        {
            Step<Vector512<float>, Lanes512>(slice, row, mean, ids, errors, outputFactor);
        }
        else
        {
            Step<Vector256<float>, Lanes256>(slice, row, mean, ids, errors, outputFactor);
        }
    }

    private static void CheckMean(ReadOnlySpan<float> mean) =>
        ArgumentOutOfRangeException.ThrowIfNotEqual(mean.Length, Width);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetOutputs<TVector, TLanes>(
        int slice, int row, Span<float> mean, ReadOnlySpan<int> ids, Span<float> outputs)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        var features = _rows[row];
        var table = _features[slice].Pointer;
        var (a, b, c, d) = (TLanes.Zero, TLanes.Zero, TLanes.Zero, TLanes.Zero);
        var i = 0;
        for (; i + 4 <= features.Length; i += 4)
        {
            // Four sums, so that no addition waits for the one before it.
            a = TLanes.Add(a, TLanes.Load(table + ((nint)features[i] * TLanes.Count)));
            b = TLanes.Add(b, TLanes.Load(table + ((nint)features[i + 1] * TLanes.Count)));
            c = TLanes.Add(c, TLanes.Load(table + ((nint)features[i + 2] * TLanes.Count)));
            d = TLanes.Add(d, TLanes.Load(table + ((nint)features[i + 3] * TLanes.Count)));
        }

        for (; i < features.Length; i++)
        {
            a = TLanes.Add(a, TLanes.Load(table + ((nint)features[i] * TLanes.Count)));
        }

        var sum = TLanes.Add(TLanes.Add(a, b), TLanes.Add(c, d));
        var h = TLanes.Multiply(sum, TLanes.Broadcast(1f / features.Length));
        fixed (float* target = mean)
        {
            TLanes.Store(h, target);
        }

        var vectors = _outputs[slice].Pointer;
        for (var o = 0; o < outputs.Length; o++)
        {
            var output = ids.IsEmpty ? o : ids[o];
            outputs[o] = TLanes.Sum(TLanes.Multiply(h, TLanes.Load(vectors + ((nint)output * TLanes.Count))));
        }

        GC.KeepAlive(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step<TVector, TLanes>(
        int slice,
        int row,
        ReadOnlySpan<float> mean,
        ReadOnlySpan<int> ids,
        ReadOnlySpan<float> errors,
        float outputFactor)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TVector h;
        fixed (float* source = mean)
        {
            h = TLanes.Load(source);
        }

        var g = TLanes.Zero;
        var vectors = _outputs[slice].Pointer;
        for (var o = 0; o < errors.Length; o++)
        {
            var vector = vectors + ((nint)(ids.IsEmpty ? o : ids[o]) * TLanes.Count);
            var w = TLanes.Load(vector);
            g = TLanes.MultiplyAdd(TLanes.Broadcast(errors[o]), w, g);
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Broadcast(outputFactor * errors[o]), h, w), vector);
        }

        var features = _rows[row];
        var table = _features[slice].Pointer;
        g = TLanes.Multiply(g, TLanes.Broadcast(1f / features.Length));
        foreach (var feature in features)
        {
            var vector = table + ((nint)feature * TLanes.Count);
            TLanes.Store(TLanes.Add(TLanes.Load(vector), g), vector);
        }

        GC.KeepAlive(this);
    }
}
