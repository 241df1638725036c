using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Text.FastText;

/// <summary>What predictions need of fitted vectors: the outputs of each feature where these are no more than
/// dimensions, else its vector and the output vectors.</summary>
internal sealed class FastTextProjection
{
    private const int FeaturesOfJob = 4096;

    // Far beyond what any text calls for, and small enough that no product or sum of such numbers overflows.
    private const float Largest = 1e15f;

    /// <param name="kernel">The fitted vectors.</param>
    /// <param name="context">Threads and cancellation.</param>
    public FastTextProjection(FastTextKernel kernel, FitContext context)
    {
        var projects = Projects(kernel.OutputCount, kernel.Dimension);
        Length = projects ? kernel.OutputCount : kernel.Dimension;
        Values = new float[checked(kernel.FeatureCount * Length)];
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = context.Threads,
            CancellationToken = context.CancellationToken,
        };
        Parallel.For(0, (kernel.FeatureCount + FeaturesOfJob - 1) / FeaturesOfJob, parallel, job =>
        {
            var end = Math.Min(kernel.FeatureCount, (job + 1) * FeaturesOfJob);
            for (var feature = job * FeaturesOfJob; feature < end; feature++)
            {
                var target = Values.AsSpan(feature * Length, Length);
                for (var slice = 0; slice < kernel.SliceCount; slice++)
                {
                    if (projects)
                    {
                        AddOutputs(kernel, slice, kernel.Feature(slice, feature), target);
                    }
                    else
                    {
                        Copy(kernel.Feature(slice, feature), slice, target);
                    }
                }
            }
        });
        if (!projects)
        {
            Outputs = new float[kernel.OutputCount * Length];
            for (var output = 0; output < kernel.OutputCount; output++)
            {
                for (var slice = 0; slice < kernel.SliceCount; slice++)
                {
                    Copy(kernel.Output(slice, output), slice, Outputs.AsSpan(output * Length, Length));
                }
            }
        }
    }

    /// <summary>Floats of a feature.</summary>
    public int Length { get; }

    /// <summary>Those of all features, one after the other.</summary>
    public float[] Values { get; }

    /// <summary>Output vectors, one after the other; null where <see cref="Values"/> are outputs.</summary>
    public float[]? Outputs { get; }

    /// <summary>Whether predictions from these numbers are finite.</summary>
    public bool IsFinite => Array.TrueForAll(Values, IsModerate) && Array.TrueForAll(Outputs ?? [], IsModerate);

    /// <summary>Whether a model keeps outputs of features instead of vectors.</summary>
    public static bool Projects(int outputs, int dimension) => outputs <= dimension;

    /// <summary>The features with the longest vectors, the first of equals, ascending; the end of texts before
    /// all.</summary>
    public int[] Longest(int count)
    {
        var norms = new float[Values.Length / Length];
        for (var feature = 0; feature < norms.Length; feature++)
        {
            norms[feature] = FeatureVectors.Norm(Values.AsSpan(feature * Length, Length));
        }

        return
        [
            FastTextFeatures.EndOfText,
            .. Enumerable.Range(1, norms.Length - 1).OrderByDescending(f => norms[f]).Take(count).Order(),
        ];
    }

    /// <summary>The values of some features.</summary>
    public float[] Select(int[] features)
    {
        var selected = new float[features.Length * Length];
        for (var i = 0; i < features.Length; i++)
        {
            Values.AsSpan(features[i] * Length, Length).CopyTo(selected.AsSpan(i * Length));
        }

        return selected;
    }

    private static bool IsModerate(float value) => Math.Abs(value) <= Largest;

    private static void AddOutputs(FastTextKernel kernel, int slice, ReadOnlySpan<float> vector, Span<float> outputs)
    {
        for (var output = 0; output < outputs.Length; output++)
        {
            outputs[output] += FloatVectors.Dot(vector, kernel.Output(slice, output));
        }
    }

    private static void Copy(ReadOnlySpan<float> ofSlice, int slice, Span<float> vector)
    {
        var start = slice * FastTextKernel.Width;
        ofSlice[..Math.Min(ofSlice.Length, vector.Length - start)].CopyTo(vector[start..]);
    }
}
