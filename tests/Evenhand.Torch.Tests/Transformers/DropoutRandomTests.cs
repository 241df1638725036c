using System.Numerics;
using Evenhand.Configuration.Randomness;
using Evenhand.Torch.Encoders;

namespace Evenhand.Torch.Tests.Transformers;

[TestClass]
public sealed class DropoutRandomTests
{
    private static readonly SeedTree Seeds = new(3);

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.1)]
    [DataRow(0.5)]
    [DataRow(0.9)]
    public void Fill_ManyElements_DropsTheShare(double share)
    {
        var mask = new float[1_000_003];
        new DropoutRandom(Seeds).Fill(mask, share, 2f);
        var zeros = mask.Count(value => value == 0);

        Assert.IsTrue(mask.All(value => value is 0 or 2));

        // Within five standard deviations.
        Assert.AreEqual(share, zeros / (double)mask.Length, 5 * Math.Sqrt(share * (1 - share) / mask.Length) + 1e-5);
    }

    // The generator by its authors' definition, lane by lane, and 16 bits an element.
    [TestMethod]
    public void Fill_FirstElements_AreThoseOfXoshiro()
    {
        var random = Seeds.CreateRandom();
        var states = new ulong[4][];
        for (var i = 0; i < states.Length; i++)
        {
            states[i] = [.. Enumerable.Range(0, 8).Select(_ => random.NextUInt64())];
        }

        var expected = new List<float>();
        for (var draw = 0; draw < 3; draw++)
        {
            for (var lane = 0; lane < 8; lane++)
            {
                var (s0, s1, s2, s3) = (states[0][lane], states[1][lane], states[2][lane], states[3][lane]);
                var word = BitOperations.RotateLeft(s0 + s3, 23) + s0;
                var t = s1 << 17;
                s2 ^= s0;
                s3 ^= s1;
                s1 ^= s2;
                s0 ^= s3;
                s2 ^= t;
                s3 = BitOperations.RotateLeft(s3, 45);
                (states[0][lane], states[1][lane], states[2][lane], states[3][lane]) = (s0, s1, s2, s3);
                for (var part = 0; part < 4; part++)
                {
                    // A quarter of 65,536 is dropped.
                    expected.Add((ushort)(word >> (16 * part)) >= 16_384 ? 1 : 0);
                }
            }
        }

        var mask = new float[90];
        new DropoutRandom(Seeds).Fill(mask, 0.25, 1);
        CollectionAssert.AreEqual(expected.Take(90).ToArray(), mask);
        var half = new ushort[90];
        new DropoutRandom(Seeds).Fill(half, 0.25, 1);
        CollectionAssert.AreEqual(expected.Take(90).Select(value => (ushort)value).ToArray(), half);
    }

    [TestMethod]
    public void Seed_Again_StartsAgain()
    {
        var (first, second) = (new float[100], new float[100]);
        var random = new DropoutRandom(Seeds);
        random.Fill(first, 0.5, 1);
        random.Seed(Seeds);
        random.Fill(second, 0.5, 1);

        CollectionAssert.AreEqual(first, second);
    }
}
