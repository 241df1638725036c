using System.Globalization;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evenhand.Torch.TwoTower;

/// <summary>Makes a vector, and a bias, of the features of a user or an item: the sum of the features' vectors, then
/// layers with rectifiers between them, then division by the length where wanted.</summary>
internal sealed class Tower : nn.Module
{
    private readonly bool _normalizes;
    private readonly DenseLayer[] _layers;

    // Parts are fields under the names that state dictionaries have for them.
    private readonly Parameter table;
    private readonly Parameter bias;
    private readonly SeededDropout dropout;

    /// <param name="features">Number of features.</param>
    /// <param name="options">Widths and layers.</param>
    /// <param name="weights">Draws the weights.</param>
    /// <param name="random">Draws the masks of dropout.</param>
    public Tower(int features, TwoTowerOptions options, WeightInitializer weights, DropoutRandom random)
        : base(nameof(Tower))
    {
        _normalizes = options.NormalizeVectors;
        var first = options.NumberOfLayers == 0 ? options.ApproximationRank : options.HiddenSize;
        table = new Parameter(weights.Normal(features, first));
        bias = new Parameter(zeros(features));
        dropout = new SeededDropout(options.Dropout, random);
        _layers = new DenseLayer[options.NumberOfLayers];
        for (var i = 0; i < _layers.Length; i++)
        {
            _layers[i] = weights.Linear(
                options.HiddenSize, i == _layers.Length - 1 ? options.ApproximationRank : options.HiddenSize);
            register_module(string.Create(CultureInfo.InvariantCulture, $"layer{i}"), _layers[i]);
        }

        RegisterComponents();
    }

    /// <summary>Vectors and biases of a batch.</summary>
    /// <returns>[count, rank] and [count].</returns>
    public (Tensor Vectors, Tensor Biases) Run(TowerBatch batch, Device device)
    {
        var features = tensor(batch.Features).to(device);
        var owners = tensor(batch.Owners).to(device);
        var values = tensor(batch.Values).to(device);
        var hidden = zeros(batch.Count, table.shape[1]).to(device)
            .PlusAt(0, owners, table.index_select(0, features) * values.unsqueeze(1));
        hidden = dropout.call(hidden);
        foreach (var layer in _layers)
        {
            hidden = layer.call(hidden.relu());
        }

        var biases = zeros(batch.Count).to(device).PlusAt(0, owners, bias.index_select(0, features) * values);
        return (_normalizes ? nn.functional.normalize(hidden, 2, 1) : hidden, biases);
    }

    /// <summary>The trained weights, outside of libtorch.</summary>
    public TowerWeights Export() => new(
        _normalizes, Values(table), Values(bias), [.. _layers.Select(layer => (Values(layer.Weight), Values(layer.Bias)))]);

    private static float[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(CPU).contiguous().data<float>().ToArray();
    }
}
