using System.Numerics;
using Evenhand.Configuration.Randomness;

namespace Evenhand.Learning.Text.FastText;

/// <summary>Stands for each part of a vector by the nearest of at most 256 centroids, so by one byte.</summary>
/// <remarks>H. Jegou, M. Douze, C. Schmid, "Product quantization for nearest neighbor search", IEEE TPAMI 33 (2011),
/// section II. Centroids are found by k-means on at most <see cref="MostPoints"/> vectors.</remarks>
internal sealed class ProductQuantizer
{
    /// <summary>Most centroids of a part: what a byte can tell apart.</summary>
    public const int MostCentroids = 256;

    private const int MostPoints = 65_536;
    private const int Iterations = 25;

    // Element d of centroid c of part p at ((p * _partLength) + d) * MostCentroids + c, so that a register holds one
    // element of many centroids. Unused centroids repeat the last one.
    private readonly float[] _centroids;
    private readonly int _partLength;

    private ProductQuantizer(int length, int partLength, float[] centroids)
    {
        Length = length;
        _partLength = partLength;
        _centroids = centroids;
    }

    /// <summary>Length of a vector.</summary>
    public int Length { get; }

    /// <summary>Bytes of a vector's code.</summary>
    public int CodeLength => (Length + _partLength - 1) / _partLength;

    /// <param name="vectors">The vectors, one after the other.</param>
    /// <param name="length">Length of each.</param>
    /// <param name="partLength">Elements that share a byte; the last part may have fewer.</param>
    /// <param name="context">Seeds, threads, cancellation.</param>
    /// <param name="iterations">Steps of k-means.</param>
    public static ProductQuantizer Fit(
        float[] vectors, int length, int partLength, FitContext context, int iterations = Iterations)
    {
        var count = vectors.Length / length;
        var chosen = count <= MostPoints
            ? [.. Enumerable.Range(0, count)]
            : context.Seeds.Fork("points").CreateRandom().NextPermutation(count)[..MostPoints];
        var parts = (length + partLength - 1) / partLength;
        var centroids = new float[parts * partLength * MostCentroids];
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = context.Threads,
            CancellationToken = context.CancellationToken,
        };
        Parallel.For(0, parts, parallel, part =>
        {
            var points = new float[chosen.Length * partLength];
            var width = Math.Min(partLength, length - (part * partLength));
            for (var i = 0; i < chosen.Length; i++)
            {
                vectors.AsSpan((chosen[i] * length) + (part * partLength), width).CopyTo(points.AsSpan(i * partLength));
            }

            var size = partLength * MostCentroids;
            var random = context.Seeds.Fork($"part/{part}").CreateRandom();
            FindCentroids(
                points, partLength, centroids.AsSpan(part * size, size), random, iterations, context.CancellationToken);
        });
        return new ProductQuantizer(length, partLength, centroids);
    }

    /// <summary>The code of a vector: the nearest centroid of each part, the first of equals.</summary>
    public void Encode(ReadOnlySpan<float> vector, Span<byte> code)
    {
        Span<float> point = stackalloc float[_partLength];
        for (var part = 0; part < CodeLength; part++)
        {
            point.Clear();
            var start = part * _partLength;
            vector[start..Math.Min(Length, start + _partLength)].CopyTo(point);
            code[part] = (byte)Nearest(point, Centroids(part)).Centroid;
        }
    }

    /// <summary>Adds the vector that a code stands for, times a factor.</summary>
    public void AddDecoded(ReadOnlySpan<byte> code, float factor, Span<float> sum)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += factor * _centroids[(i * MostCentroids) + code[i / _partLength]];
        }
    }

    public static ProductQuantizer Read(ModelReader reader, string name, int length, int partLength)
    {
        var parts = (length + partLength - 1) / partLength;
        return new(length, partLength, reader.ReadArray<float>(name, parts * partLength * MostCentroids));
    }

    public void Write(ModelWriter writer, string name) => writer.Write<float>(name, _centroids);

    private ReadOnlySpan<float> Centroids(int part) =>
        _centroids.AsSpan(part * _partLength * MostCentroids, _partLength * MostCentroids);

    // Lloyd's iterations from distinct random points.
    private static void FindCentroids(
        float[] points,
        int width,
        Span<float> centroids,
        SeededRandom random,
        int iterations,
        CancellationToken cancellationToken)
    {
        var count = points.Length / width;
        var used = Math.Min(count, MostCentroids);
        var first = random.NextPermutation(count);
        for (var c = 0; c < MostCentroids; c++)
        {
            SetCentroid(centroids, c, points.AsSpan(first[Math.Min(c, used - 1)] * width, width));
        }

        var sums = new double[used * width];
        var sizes = new int[used];
        var errors = new float[count];
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Clear(sums);
            Array.Clear(sizes);
            for (var i = 0; i < count; i++)
            {
                var point = points.AsSpan(i * width, width);
                (var nearest, errors[i]) = Nearest(point, centroids);
                sizes[nearest]++;
                for (var d = 0; d < width; d++)
                {
                    sums[(nearest * width) + d] += point[d];
                }
            }

            for (var c = 0; c < used; c++)
            {
                if (sizes[c] == 0)
                {
                    // Of no use where it is: it takes the place of the point that is served worst.
                    var worst = Array.IndexOf(errors, errors.Max());
                    errors[worst] = 0;
                    SetCentroid(centroids, c, points.AsSpan(worst * width, width));
                    continue;
                }

                for (var d = 0; d < width; d++)
                {
                    centroids[(d * MostCentroids) + c] = (float)(sums[(c * width) + d] / sizes[c]);
                }
            }

            // Those beyond the number of points stay out of the way.
            for (var c = used; c < MostCentroids; c++)
            {
                for (var d = 0; d < width; d++)
                {
                    centroids[(d * MostCentroids) + c] = centroids[(d * MostCentroids) + used - 1];
                }
            }
        }
    }

    private static void SetCentroid(Span<float> centroids, int centroid, ReadOnlySpan<float> point)
    {
        for (var d = 0; d < point.Length; d++)
        {
            centroids[(d * MostCentroids) + centroid] = point[d];
        }
    }

    private static (int Centroid, float SquaredDistance) Nearest(
        ReadOnlySpan<float> point, ReadOnlySpan<float> centroids)
    {
        var (smallest, at) = (new Vector<float>(float.PositiveInfinity), Vector<int>.Zero);
        for (var c = 0; c < MostCentroids; c += Vector<float>.Count)
        {
            var distances = Vector<float>.Zero;
            for (var d = 0; d < point.Length; d++)
            {
                var elements = new Vector<float>(centroids[((d * MostCentroids) + c)..]);
                var difference = elements - new Vector<float>(point[d]);
                distances += difference * difference;
            }

            var nearer = Vector.LessThan(distances, smallest);
            smallest = Vector.ConditionalSelect(nearer, distances, smallest);
            at = Vector.ConditionalSelect(nearer, new Vector<int>(c), at);
        }

        var (nearest, distance) = (0, float.PositiveInfinity);
        for (var lane = 0; lane < Vector<float>.Count; lane++)
        {
            var centroid = at[lane] + lane;
            if (smallest[lane] < distance || (smallest[lane] == distance && centroid < nearest))
            {
                (nearest, distance) = (centroid, smallest[lane]);
            }
        }

        return (nearest, distance);
    }
}
