using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Evenhand.Torch.Training;

/// <summary>One step of AdamW on the processor: each number is read and written once.</summary>
internal static class AdamWKernel
{
    // So many numbers, in four tensors, lie in a second-level cache, and are worth a thread's while.
    private const int ChunkLength = 1 << 15;

    /// <summary>Takes a step. Elements do not depend on each other, so any number of threads gives the same
    /// bits.</summary>
    /// <param name="step">The numbers of the step.</param>
    /// <param name="weights">The parameter, float32, contiguous as all others are.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="average">Running mean of gradients.</param>
    /// <param name="square">Running mean of their squares.</param>
    /// <param name="threads">Number of threads.</param>
    public static unsafe void Apply(
        AdamWStep step, Tensor weights, Tensor gradient, Tensor average, Tensor square, int threads)
    {
        var count = (int)weights.numel();
        var w = Floats(weights);
        var g = Floats(gradient);
        var m = Floats(average);
        var v = Floats(square);
        var chunks = (count + ChunkLength - 1) / ChunkLength;
        if (threads == 1 || chunks == 1)
        {
            Run(0, count);
            return;
        }

        Parallel.For(
            0,
            chunks,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            chunk => Run(chunk * ChunkLength, Math.Min(ChunkLength, count - (chunk * ChunkLength))));

        void Run(int first, int length) => Move(
            step,
            new Span<float>(w + first, length),
            new ReadOnlySpan<float>(g + first, length),
            new Span<float>(m + first, length),
            new Span<float>(v + first, length));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Move(
        AdamWStep step, Span<float> weights, ReadOnlySpan<float> gradient, Span<float> average, Span<float> square)
    {
        var width = Vector512<float>.Count;
        var last = weights.Length - width;
        for (var i = 0; i <= last; i += width)
        {
            var (w, m, v) = Moved(
                step,
                Vector512.Create<float>(weights[i..]),
                Vector512.Create(gradient[i..]),
                Vector512.Create<float>(average[i..]),
                Vector512.Create<float>(square[i..]));
            w.CopyTo(weights[i..]);
            m.CopyTo(average[i..]);
            v.CopyTo(square[i..]);
        }

        if (weights.Length % width is > 0 and var rest)
        {
            var (w, m, v) = Moved(
                step,
                Padded(weights[^rest..]),
                Padded(gradient[^rest..]),
                Padded(average[^rest..]),
                Padded(square[^rest..]));
            Span<float> whole = stackalloc float[width];
            Store(w, whole, weights[^rest..]);
            Store(m, whole, average[^rest..]);
            Store(v, whole, square[^rest..]);
        }

        static Vector512<float> Padded(ReadOnlySpan<float> rest)
        {
            Span<float> whole = stackalloc float[Vector512<float>.Count];
            whole.Clear();
            rest.CopyTo(whole);
            return Vector512.Create<float>(whole);
        }

        static void Store(Vector512<float> vector, Span<float> whole, Span<float> rest)
        {
            vector.CopyTo(whole);
            whole[..rest.Length].CopyTo(rest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Weights, Vector512<float> Average, Vector512<float> Square) Moved(
        AdamWStep step, Vector512<float> w, Vector512<float> g, Vector512<float> m, Vector512<float> v)
    {
        m += Vector512.Create((float)(1 - AdamWStep.AverageDecay)) * (g - m);
        v = Vector512.FusedMultiplyAdd(
            Vector512.Create((float)(1 - AdamWStep.SquareDecay)) * g, g, v * (float)AdamWStep.SquareDecay);
        var spread = Vector512.FusedMultiplyAdd(
            Vector512.Sqrt(v),
            Vector512.Create((float)(1 / step.Correction)),
            Vector512.Create((float)AdamWStep.Epsilon));
        return (Vector512.FusedMultiplyAdd(
            m / spread, Vector512.Create((float)-step.Rate), w * (float)step.Shrink), m, v);
    }

    private static unsafe float* Floats(Tensor tensor) =>
        (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
}
