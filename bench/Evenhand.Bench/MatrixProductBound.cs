using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Evenhand.Bench;

/// <summary>What the machine multiplies at best, in operations a second of all threads together.</summary>
/// <remarks>No matrix product of real size is faster: its operands must come from farther away.</remarks>
internal static unsafe class MatrixProductBound
{
    private const int Side = 48;
    private const int Depth = 64;
    private const int Products = 20_000;
    private const int Steps = 20_000_000;

    private static float _sink;

    /// <summary>Independent multiply-adds on registers.</summary>
    public static double MeasureMultiplyAdds(int threads) =>
        Measure(threads, Vector512.IsHardwareAccelerated ? MultiplyAdds512 : MultiplyAdds256);

    /// <summary>Products of a 48 x 64 matrix with a 64 x 48 one, tiled in registers, all in the first-level
    /// cache.</summary>
    public static double MeasureProducts(int threads) => Measure(threads, MultiplyInCache);

    private static double Measure(int threads, Func<double> work)
    {
        var counts = new double[threads];
        var workers = Enumerable.Range(0, threads)
            .Select(thread => new Thread(() => counts[thread] = work())).ToArray();
        var clock = Stopwatch.StartNew();
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    private static double MultiplyInCache()
    {
        var values = GC.AllocateArray<float>((2 * Side * Depth) + (Side * Side) + 16, pinned: true);
        var left = (float*)(((nuint)Unsafe.AsPointer(ref values[0]) + 63) & ~(nuint)63);
        var right = left + (Side * Depth);
        for (var i = 0; i < Products; i++)
        {
            if (Vector512.IsHardwareAccelerated)
            {
                Product512(left, right, right + (Side * Depth));
            }
            else
            {
                Product256(left, right, right + (Side * Depth));
            }
        }

        Consume(values[^1]);
        return 2.0 * Side * Side * Depth * Products;
    }

    /// <summary>Product of a block of the left matrix by one of the right: 8 rows by three vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Product512(float* left, float* right, float* product)
    {
        const int Width = 16;
        for (var row = 0; row < Side; row += 8)
        {
            for (var column = 0; column < Side; column += 3 * Width)
            {
                var (a0, a1, a2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
                var (b0, b1, b2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
                var (c0, c1, c2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
                var (d0, d1, d2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
                var (e0, e1, e2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
                var (f0, f1, f2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
                var (g0, g1, g2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
                var (h0, h1, h2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
                var p = left + (row * Depth);
                var q = right + column;
                for (var k = 0; k < Depth; k++)
                {
                    var (q0, q1, q2) = (Vector512.Load(q), Vector512.Load(q + Width), Vector512.Load(q + (2 * Width)));
                    var x = Vector512.Create(p[0]);
                    a0 = Vector512.FusedMultiplyAdd(x, q0, a0);
                    a1 = Vector512.FusedMultiplyAdd(x, q1, a1);
                    a2 = Vector512.FusedMultiplyAdd(x, q2, a2);
                    x = Vector512.Create(p[1]);
                    b0 = Vector512.FusedMultiplyAdd(x, q0, b0);
                    b1 = Vector512.FusedMultiplyAdd(x, q1, b1);
                    b2 = Vector512.FusedMultiplyAdd(x, q2, b2);
                    x = Vector512.Create(p[2]);
                    c0 = Vector512.FusedMultiplyAdd(x, q0, c0);
                    c1 = Vector512.FusedMultiplyAdd(x, q1, c1);
                    c2 = Vector512.FusedMultiplyAdd(x, q2, c2);
                    x = Vector512.Create(p[3]);
                    d0 = Vector512.FusedMultiplyAdd(x, q0, d0);
                    d1 = Vector512.FusedMultiplyAdd(x, q1, d1);
                    d2 = Vector512.FusedMultiplyAdd(x, q2, d2);
                    x = Vector512.Create(p[4]);
                    e0 = Vector512.FusedMultiplyAdd(x, q0, e0);
                    e1 = Vector512.FusedMultiplyAdd(x, q1, e1);
                    e2 = Vector512.FusedMultiplyAdd(x, q2, e2);
                    x = Vector512.Create(p[5]);
                    f0 = Vector512.FusedMultiplyAdd(x, q0, f0);
                    f1 = Vector512.FusedMultiplyAdd(x, q1, f1);
                    f2 = Vector512.FusedMultiplyAdd(x, q2, f2);
                    x = Vector512.Create(p[6]);
                    g0 = Vector512.FusedMultiplyAdd(x, q0, g0);
                    g1 = Vector512.FusedMultiplyAdd(x, q1, g1);
                    g2 = Vector512.FusedMultiplyAdd(x, q2, g2);
                    x = Vector512.Create(p[7]);
                    h0 = Vector512.FusedMultiplyAdd(x, q0, h0);
                    h1 = Vector512.FusedMultiplyAdd(x, q1, h1);
                    h2 = Vector512.FusedMultiplyAdd(x, q2, h2);
                    p += 8;
                    q += Side;
                }

                var target = product + (row * Side) + column;
                Store(a0, a1, a2, target);
                Store(b0, b1, b2, target += Side);
                Store(c0, c1, c2, target += Side);
                Store(d0, d1, d2, target += Side);
                Store(e0, e1, e2, target += Side);
                Store(f0, f1, f2, target += Side);
                Store(g0, g1, g2, target += Side);
                Store(h0, h1, h2, target += Side);
            }
        }
    }

    /// <summary>Product of a block of the left matrix by one of the right: 4 rows by three vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Product256(float* left, float* right, float* product)
    {
        const int Width = 8;
        for (var row = 0; row < Side; row += 4)
        {
            for (var column = 0; column < Side; column += 3 * Width)
            {
                var (a0, a1, a2) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
                var (b0, b1, b2) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
                var (c0, c1, c2) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
                var (d0, d1, d2) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
                var p = left + (row * Depth);
                var q = right + column;
                for (var k = 0; k < Depth; k++)
                {
                    var (q0, q1, q2) = (Vector256.Load(q), Vector256.Load(q + Width), Vector256.Load(q + (2 * Width)));
                    var x = Vector256.Create(p[0]);
                    a0 = Vector256.FusedMultiplyAdd(x, q0, a0);
                    a1 = Vector256.FusedMultiplyAdd(x, q1, a1);
                    a2 = Vector256.FusedMultiplyAdd(x, q2, a2);
                    x = Vector256.Create(p[1]);
                    b0 = Vector256.FusedMultiplyAdd(x, q0, b0);
                    b1 = Vector256.FusedMultiplyAdd(x, q1, b1);
                    b2 = Vector256.FusedMultiplyAdd(x, q2, b2);
                    x = Vector256.Create(p[2]);
                    c0 = Vector256.FusedMultiplyAdd(x, q0, c0);
                    c1 = Vector256.FusedMultiplyAdd(x, q1, c1);
                    c2 = Vector256.FusedMultiplyAdd(x, q2, c2);
                    x = Vector256.Create(p[3]);
                    d0 = Vector256.FusedMultiplyAdd(x, q0, d0);
                    d1 = Vector256.FusedMultiplyAdd(x, q1, d1);
                    d2 = Vector256.FusedMultiplyAdd(x, q2, d2);
                    p += 4;
                    q += Side;
                }

                var target = product + (row * Side) + column;
                Store(a0, a1, a2, target);
                Store(b0, b1, b2, target += Side);
                Store(c0, c1, c2, target += Side);
                Store(d0, d1, d2, target += Side);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double MultiplyAdds512()
    {
        var (y, z) = (Vector512.Create(0.999f), Vector512.Create(0.001f));
        var (x0, x1, x2, x3) = (y, y, y, y);
        var (x4, x5, x6, x7) = (y, y, y, y);
        var (x8, x9, x10, x11) = (y, y, y, y);
        for (var step = 0; step < Steps; step++)
        {
            x0 = Vector512.FusedMultiplyAdd(x0, y, z);
            x1 = Vector512.FusedMultiplyAdd(x1, y, z);
            x2 = Vector512.FusedMultiplyAdd(x2, y, z);
            x3 = Vector512.FusedMultiplyAdd(x3, y, z);
            x4 = Vector512.FusedMultiplyAdd(x4, y, z);
            x5 = Vector512.FusedMultiplyAdd(x5, y, z);
            x6 = Vector512.FusedMultiplyAdd(x6, y, z);
            x7 = Vector512.FusedMultiplyAdd(x7, y, z);
            x8 = Vector512.FusedMultiplyAdd(x8, y, z);
            x9 = Vector512.FusedMultiplyAdd(x9, y, z);
            x10 = Vector512.FusedMultiplyAdd(x10, y, z);
            x11 = Vector512.FusedMultiplyAdd(x11, y, z);
        }

        Consume(Vector512.Sum(x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10 + x11));
        return 2.0 * 12 * Vector512<float>.Count * Steps;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double MultiplyAdds256()
    {
        var (y, z) = (Vector256.Create(0.999f), Vector256.Create(0.001f));
        var (x0, x1, x2, x3) = (y, y, y, y);
        var (x4, x5, x6, x7) = (y, y, y, y);
        var (x8, x9, x10, x11) = (y, y, y, y);
        for (var step = 0; step < Steps; step++)
        {
            x0 = Vector256.FusedMultiplyAdd(x0, y, z);
            x1 = Vector256.FusedMultiplyAdd(x1, y, z);
            x2 = Vector256.FusedMultiplyAdd(x2, y, z);
            x3 = Vector256.FusedMultiplyAdd(x3, y, z);
            x4 = Vector256.FusedMultiplyAdd(x4, y, z);
            x5 = Vector256.FusedMultiplyAdd(x5, y, z);
            x6 = Vector256.FusedMultiplyAdd(x6, y, z);
            x7 = Vector256.FusedMultiplyAdd(x7, y, z);
            x8 = Vector256.FusedMultiplyAdd(x8, y, z);
            x9 = Vector256.FusedMultiplyAdd(x9, y, z);
            x10 = Vector256.FusedMultiplyAdd(x10, y, z);
            x11 = Vector256.FusedMultiplyAdd(x11, y, z);
        }

        Consume(Vector256.Sum(x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10 + x11));
        return 2.0 * 12 * Vector256<float>.Count * Steps;
    }

    private static void Store(Vector512<float> x0, Vector512<float> x1, Vector512<float> x2, float* target)
    {
        x0.Store(target);
        x1.Store(target + 16);
        x2.Store(target + 32);
    }

    private static void Store(Vector256<float> x0, Vector256<float> x1, Vector256<float> x2, float* target)
    {
        x0.Store(target);
        x1.Store(target + 8);
        x2.Store(target + 16);
    }

    // Keeps results alive, so that nothing is optimized away.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Consume(float value) => _sink = value;
}
