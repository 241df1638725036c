using Evenhand.Configuration.Randomness;
using Evenhand.Learning.Text.FastText;

namespace Evenhand.Learning.Tests.Text.FastText;

[TestClass]
public sealed class ProductQuantizerTests
{
    private const int Length = 5;

    private static readonly FitContext Context = new() { Seeds = new SeedTree(0) };

    [TestMethod]
    public void Fit_MoreIterations_ReconstructsBetter()
    {
        var vectors = Vectors(3000);
        var errors = Array.ConvertAll([0, 1, 3, 25], iterations => Error(vectors, 2, iterations));
        for (var i = 1; i < errors.Length; i++)
        {
            Assert.IsLessThan(errors[i - 1], errors[i]);
        }
    }

    [TestMethod]
    public void Fit_ShorterParts_ReconstructsBetter()
    {
        var vectors = Vectors(3000);
        Assert.IsLessThan(Error(vectors, 2, 10), Error(vectors, 1, 10));
        Assert.IsLessThan(Error(vectors, 5, 10), Error(vectors, 2, 10));
    }

    [TestMethod]
    public void Encode_NoMoreVectorsThanCentroids_IsExact() => Assert.AreEqual(0, Error(Vectors(256), 5, 25), 1e-12);

    [TestMethod]
    public void Encode_Vector_ChoosesTheNearestCode()
    {
        var vectors = Vectors(1000);
        var quantizer = ProductQuantizer.Fit(vectors, Length, 2, Context);
        var code = new byte[quantizer.CodeLength];
        var other = new byte[quantizer.CodeLength];
        for (var i = 0; i < 20; i++)
        {
            var vector = vectors.AsSpan(i * Length, Length);
            quantizer.Encode(vector, code);
            for (var centroid = 0; centroid < 256; centroid++)
            {
                code.CopyTo(other, 0);
                other[i % other.Length] = (byte)centroid;
                Assert.IsGreaterThanOrEqualTo(Distance(quantizer, code, vector), Distance(quantizer, other, vector));
            }
        }
    }

    [TestMethod]
    public void Fit_AnyNumberOfThreads_GivesTheSameCentroids()
    {
        var vectors = Vectors(2000);
        var one = ProductQuantizer.Fit(vectors, Length, 1, Context);
        var three = ProductQuantizer.Fit(vectors, Length, 1, Context with { Threads = 3 });
        var (a, b) = (new float[Length], new float[Length]);
        for (var c = 0; c < 256; c++)
        {
            byte[] code = [(byte)c, (byte)c, (byte)c, (byte)c, (byte)c];
            one.AddDecoded(code, 1, a);
            three.AddDecoded(code, 1, b);
        }

        CollectionAssert.AreEqual(a, b);
    }

    private static float[] Vectors(int count)
    {
        var random = new SeededRandom(7);
        return
        [
            .. Enumerable.Range(0, count * Length).Select(i => (float)(random.NextGaussian() * (1 + (i % Length)))),
        ];
    }

    private static double Error(float[] vectors, int partLength, int iterations)
    {
        var quantizer = ProductQuantizer.Fit(vectors, Length, partLength, Context, iterations);
        var code = new byte[quantizer.CodeLength];
        var sum = 0.0;
        for (var i = 0; i < vectors.Length; i += Length)
        {
            quantizer.Encode(vectors.AsSpan(i, Length), code);
            sum += Distance(quantizer, code, vectors.AsSpan(i, Length));
        }

        return sum;
    }

    private static double Distance(ProductQuantizer quantizer, byte[] code, ReadOnlySpan<float> vector)
    {
        var difference = vector.ToArray();
        quantizer.AddDecoded(code, -1, difference);
        return difference.Sum(d => (double)d * d);
    }
}
