namespace Evenhand.Learning.Text.FastText;

/// <summary>A vector for each feature, as floats or product-quantized.</summary>
internal abstract class FeatureVectors
{
    /// <summary>Length of a vector.</summary>
    public abstract int Length { get; }

    /// <summary>Adds the vector of a feature.</summary>
    public abstract void AddTo(int feature, Span<float> sum);

    public abstract void Write(ModelWriter writer);

    public static FeatureVectors OfFloats(float[] values, int length) => new Floats(values, length);

    /// <summary>Replaces vectors by codes.</summary>
    /// <remarks>Where lengths have a byte of their own, directions are quantized apart from them (A. Joulin et al.,
    /// "FastText.zip", 2016, section 3).</remarks>
    public static FeatureVectors Quantize(float[] values, int length, FastTextOptions options, FitContext context)
    {
        var count = values.Length / length;
        var (directions, norms, normCodes) = (values, (ProductQuantizer?)null, Array.Empty<byte>());
        if (options.QuantizeNorms)
        {
            var lengths = new float[count];
            directions = (float[])values.Clone();
            for (var feature = 0; feature < count; feature++)
            {
                var vector = directions.AsSpan(feature * length, length);
                lengths[feature] = Norm(vector);
                foreach (ref var element in vector)
                {
                    element /= lengths[feature] > 0 ? lengths[feature] : 1;
                }
            }

            norms = ProductQuantizer.Fit(lengths, 1, 1, context with { Seeds = context.Seeds.Fork("norms") });
            normCodes = Encode(norms, lengths, context);
        }

        var quantizer = ProductQuantizer.Fit(
            directions, length, PartLength(length, options), context with { Seeds = context.Seeds.Fork("vectors") });
        return new Codes(quantizer, Encode(quantizer, directions, context), norms, normCodes);
    }

    /// <param name="reader">The model.</param>
    /// <param name="count">Number of features.</param>
    /// <param name="length">Length of a vector.</param>
    /// <param name="options">Whether and how vectors are quantized.</param>
    public static FeatureVectors Read(ModelReader reader, int count, int length, FastTextOptions options)
    {
        if (!options.Quantize)
        {
            return OfFloats(reader.ReadArray<float>("vectors", checked(count * length)), length);
        }

        var quantizer = ProductQuantizer.Read(reader, "centroids", length, PartLength(length, options));
        return new Codes(
            quantizer,
            reader.ReadArray<byte>("codes", checked(count * quantizer.CodeLength)),
            options.QuantizeNorms ? ProductQuantizer.Read(reader, "norms", 1, 1) : null,
            options.QuantizeNorms ? reader.ReadArray<byte>("normCodes", count) : []);
    }

    /// <summary>Euclidean length.</summary>
    public static float Norm(ReadOnlySpan<float> vector)
    {
        var squares = 0.0;
        foreach (var element in vector)
        {
            squares += (double)element * element;
        }

        return (float)Math.Sqrt(squares);
    }

    private static int PartLength(int length, FastTextOptions options) => Math.Min(length, options.SubvectorLength);

    private static byte[] Encode(ProductQuantizer quantizer, float[] values, FitContext context)
    {
        const int VectorsOfJob = 4096;
        var count = values.Length / quantizer.Length;
        var codes = new byte[count * quantizer.CodeLength];
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = context.Threads,
            CancellationToken = context.CancellationToken,
        };
        Parallel.For(0, (count + VectorsOfJob - 1) / VectorsOfJob, parallel, job =>
        {
            for (var i = job * VectorsOfJob; i < Math.Min(count, (job + 1) * VectorsOfJob); i++)
            {
                quantizer.Encode(
                    values.AsSpan(i * quantizer.Length, quantizer.Length),
                    codes.AsSpan(i * quantizer.CodeLength, quantizer.CodeLength));
            }
        });
        return codes;
    }

    private sealed class Floats(float[] values, int length) : FeatureVectors
    {
        public override int Length => length;

        public override void AddTo(int feature, Span<float> sum)
        {
            var vector = values.AsSpan(feature * length, length);
            for (var i = 0; i < vector.Length; i++)
            {
                sum[i] += vector[i];
            }
        }

        /// <inheritdoc/>
        public override void Write(ModelWriter writer) => writer.Write<float>("vectors", values);
    }

    private sealed class Codes(ProductQuantizer quantizer, byte[] codes, ProductQuantizer? norms, byte[] normCodes)
        : FeatureVectors
    {
        public override int Length => quantizer.Length;

        public override void AddTo(int feature, Span<float> sum)
        {
            var factor = 1f;
            if (norms is not null)
            {
                Span<float> norm = [0];
                norms.AddDecoded(normCodes.AsSpan(feature, 1), 1, norm);
                factor = norm[0];
            }

            quantizer.AddDecoded(codes.AsSpan(feature * quantizer.CodeLength, quantizer.CodeLength), factor, sum);
        }

        /// <inheritdoc/>
        public override void Write(ModelWriter writer)
        {
            quantizer.Write(writer, "centroids");
            writer.Write<byte>("codes", codes);
            if (norms is not null)
            {
                norms.Write(writer, "norms");
                writer.Write<byte>("normCodes", normCodes);
            }
        }
    }
}
