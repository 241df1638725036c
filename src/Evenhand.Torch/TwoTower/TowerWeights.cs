using System.Globalization;
using Evenhand.Learning;

namespace Evenhand.Torch.TwoTower;

/// <summary>The weights of a trained tower, which runs without libtorch.</summary>
/// <param name="normalizes">Whether vectors are divided by their length.</param>
/// <param name="table">The vector of each feature, one after the other.</param>
/// <param name="biases">The bias of each feature.</param>
/// <param name="layers">Weights, output by output, and biases of each layer.</param>
internal sealed class TowerWeights(
    bool normalizes, float[] table, float[] biases, (float[] Weights, float[] Biases)[] layers)
{
    // As torch.nn.functional.normalize has it.
    private const float ShortestLength = 1e-12f;

    private int Width => table.Length / Math.Max(1, biases.Length);

    /// <summary>Whether all weights are finite.</summary>
    public bool IsFinite =>
        Array.TrueForAll(table, float.IsFinite) && Array.TrueForAll(biases, float.IsFinite)
        && Array.TrueForAll(layers, layer =>
            Array.TrueForAll(layer.Weights, float.IsFinite) && Array.TrueForAll(layer.Biases, float.IsFinite));

    /// <summary>The weights without those of the features from a number on.</summary>
    public TowerWeights WithFirst(int features) =>
        new(normalizes, table[..(features * Width)], biases[..features], layers);

    /// <summary>Writes a vector and gives the bias.</summary>
    /// <param name="features">Numbers of the features.</param>
    /// <param name="values">Their values.</param>
    /// <param name="identity">Number of the feature that is the user or item itself; negative for none.</param>
    /// <param name="scale">The vector is multiplied by it at last.</param>
    /// <param name="vector">Receives the vector.</param>
    public float Run(
        ReadOnlySpan<int> features, ReadOnlySpan<float> values, int identity, float scale, Span<float> vector)
    {
        var (hidden, bias) = (new float[layers.Length == 0 ? vector.Length : Width], 0f);
        for (var i = 0; i < features.Length; i++)
        {
            bias += Add(features[i], values[i], hidden);
        }

        bias += identity < 0 ? 0 : Add(identity, 1, hidden);
        foreach (var (weights, offsets) in layers)
        {
            var next = new float[offsets.Length];
            for (var output = 0; output < next.Length; output++)
            {
                var sum = offsets[output];
                var own = weights.AsSpan(output * hidden.Length, hidden.Length);
                for (var input = 0; input < own.Length; input++)
                {
                    sum = MathF.FusedMultiplyAdd(own[input], Math.Max(0, hidden[input]), sum);
                }

                next[output] = sum;
            }

            hidden = next;
        }

        if (normalizes)
        {
            var squares = 0.0;
            foreach (var element in hidden)
            {
                squares += (double)element * element;
            }

            scale /= Math.Max(ShortestLength, (float)Math.Sqrt(squares));
        }

        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = scale * hidden[i];
        }

        return bias;
    }

    public static TowerWeights Read(ModelReader reader) => new(
        reader.ReadDouble("normalizes") != 0,
        reader.ReadArray<float>("table"),
        reader.ReadArray<float>("biases"),
        [.. Enumerable.Range(0, (int)reader.ReadDouble("layers")).Select(layer => (
            reader.ReadArray<float>(Name("weights", layer)), reader.ReadArray<float>(Name("biases", layer))))]);

    public void Write(ModelWriter writer)
    {
        writer.Write("normalizes", normalizes ? 1 : 0);
        writer.Write<float>("table", table);
        writer.Write<float>("biases", biases);
        writer.Write("layers", layers.Length);
        for (var layer = 0; layer < layers.Length; layer++)
        {
            writer.Write<float>(Name("weights", layer), layers[layer].Weights);
            writer.Write<float>(Name("biases", layer), layers[layer].Biases);
        }
    }

    private static string Name(string what, int layer) => string.Create(CultureInfo.InvariantCulture, $"{what}{layer}");

    // Adds a feature's vector, and gives its bias.
    private float Add(int feature, float value, float[] sum)
    {
        var own = table.AsSpan(feature * sum.Length, sum.Length);
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] = MathF.FusedMultiplyAdd(value, own[i], sum[i]);
        }

        return value * biases[feature];
    }
}
