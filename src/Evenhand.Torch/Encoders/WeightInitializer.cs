using Evenhand.Configuration.Randomness;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evenhand.Torch.Encoders;

/// <summary>Makes layers with weights drawn as BERT draws them: normal with standard deviation 0.02, cut at two
/// standard deviations; biases 0.</summary>
/// <remarks>Devlin et al. 2019. The draws come from the fit's own generator, one after the other, so the order in which
/// layers are made is part of the model.</remarks>
/// <param name="random">The generator; null where weights are read afterwards, which leaves them 0 until then.</param>
internal sealed class WeightInitializer(SeededRandom? random)
{
    private const double StandardDeviation = 0.02;

    /// <summary>A fully connected layer: [..., inputs] to [..., outputs].</summary>
    public DenseLayer Linear(int inputs, int outputs) =>
        new(new Parameter(Normal(outputs, inputs)), new Parameter(zeros(outputs)));

    /// <summary>A table of vectors; that of <paramref name="padding"/> is 0 and stays so.</summary>
    public Embedding Embedding(int count, int width, int? padding = null)
    {
        // Embedding_from_pretrained would not do: TorchSharp looks up the rows that it is given, but registers
        // others, so that those in use would be neither trained nor saved.
        var layer = nn.Embedding(count, width, padding);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        layer.weight!.copy_(Normal(count, width));
        if (padding is { } row)
        {
            layer.weight![row].zero_();
        }

        return layer;
    }

    /// <summary>Normal draws, drawn again where they lie beyond two standard deviations.</summary>
    public Tensor Normal(int rows, int columns)
    {
        if (random is null)
        {
            return zeros(rows, columns);
        }

        var values = new float[rows * columns];
        foreach (ref var value in values.AsSpan())
        {
            double draw;
            do
            {
                draw = random.NextGaussian();
            }
            while (Math.Abs(draw) > 2);
            value = (float)(StandardDeviation * draw);
        }

        return tensor(values, [rows, columns]);
    }
}
