using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Evenhand.Configuration.Randomness;

namespace Evenhand.Torch.Encoders;

/// <summary>Draws the masks of dropout: eight generators side by side, xoshiro256++ (Blackman and Vigna
/// 2018).</summary>
/// <remarks>
/// <para>A fit has one of its own, so fits that run at the same time do not disturb each other. It is seeded anew for
/// each batch from the batch's place in the training, so a resumed training draws what an uninterrupted one draws, on
/// every device and with every version of libtorch.</para>
/// <para>An element takes 16 random bits; the share that is dropped is rounded to a multiple of 1 / 65,536. This is
/// faster than libtorch's own masks by more than ten times, which matters: at bfloat16 they take longer than the matrix
/// products around them.</para>
/// </remarks>
internal sealed class DropoutRandom
{
    private const int ElementsPerDraw = 32;

    private Lanes _lanes;

    public DropoutRandom(SeedTree seeds) => Seed(seeds);

    /// <summary>Starts the sequence that belongs to a node of the seed tree.</summary>
    public void Seed(SeedTree seeds)
    {
        var random = seeds.CreateRandom();
        _lanes = new Lanes { S0 = Draw(random), S1 = Draw(random), S2 = Draw(random), S3 = Draw(random) };

        static Vector512<ulong> Draw(SeededRandom random)
        {
            Span<ulong> lanes = stackalloc ulong[Vector512<ulong>.Count];
            foreach (ref var lane in lanes)
            {
                lane = random.NextUInt64();
            }

            return Vector512.Create<ulong>(lanes);
        }
    }

    /// <summary>Fills a mask of float32 with 0 or <paramref name="kept"/>.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="share">Share of zeros.</param>
    /// <param name="kept">The value elsewhere.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(Span<float> mask, double share, float kept)
    {
        var (threshold, values) = (Vector512.Create(Threshold(share)), Vector512.Create(kept));
        Span<float> rest = stackalloc float[ElementsPerDraw];
        var lanes = _lanes;
        while (!mask.IsEmpty)
        {
            // Widening with the sign makes a full mask of a full half.
            var drawn = Vector512.GreaterThanOrEqual(lanes.Next().AsUInt16(), threshold).AsInt16();
            var to = mask.Length >= ElementsPerDraw ? mask : rest;
            (Vector512.WidenLower(drawn).AsSingle() & values).CopyTo(to);
            (Vector512.WidenUpper(drawn).AsSingle() & values).CopyTo(to[Vector512<float>.Count..]);
            if (mask.Length < ElementsPerDraw)
            {
                rest[..mask.Length].CopyTo(mask);
                break;
            }

            mask = mask[ElementsPerDraw..];
        }

        _lanes = lanes;
    }

    /// <summary>Fills a mask of bfloat16, given as bits, with 0 or <paramref name="kept"/>.</summary>
    /// <inheritdoc cref="Fill(Span{float}, double, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(Span<ushort> mask, double share, ushort kept)
    {
        var (threshold, values) = (Vector512.Create(Threshold(share)), Vector512.Create(kept));
        Span<ushort> rest = stackalloc ushort[ElementsPerDraw];
        var lanes = _lanes;
        while (!mask.IsEmpty)
        {
            var drawn = Vector512.GreaterThanOrEqual(lanes.Next().AsUInt16(), threshold) & values;
            if (mask.Length < ElementsPerDraw)
            {
                drawn.CopyTo(rest);
                rest[..mask.Length].CopyTo(mask);
                break;
            }

            drawn.CopyTo(mask);
            mask = mask[ElementsPerDraw..];
        }

        _lanes = lanes;
    }

    // All of the 65,536 values that are below it are dropped.
    private static ushort Threshold(double share) => (ushort)Math.Clamp(Math.Round(share * 65_536), 0, 65_535);

    // The state of the generators, one in each lane.
    private struct Lanes
    {
        public Vector512<ulong> S0;
        public Vector512<ulong> S1;
        public Vector512<ulong> S2;
        public Vector512<ulong> S3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<ulong> Next()
        {
            var result = RotateLeft(S0 + S3, 23) + S0;
            var t = S1 << 17;
            S2 ^= S0;
            S3 ^= S1;
            S1 ^= S2;
            S0 ^= S3;
            S2 ^= t;
            S3 = RotateLeft(S3, 45);
            return result;
        }

        private static Vector512<ulong> RotateLeft(Vector512<ulong> x, int bits) => (x << bits) | (x >>> (64 - bits));
    }
}
