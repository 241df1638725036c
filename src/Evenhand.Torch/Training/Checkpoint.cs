using System.Text.Json;
using static TorchSharp.torch;

namespace Evenhand.Torch;

/// <summary>Keeps a training on disk, so that it can go on after the process has ended: weights, best weights, the
/// optimizer's averages, and where it is.</summary>
/// <remarks>
/// <para>One file, <c>checkpoint.safetensors</c>, written beside its place and renamed; the state is JSON in its
/// metadata. The tensors are <c>model/NAME</c>, <c>best/NAME</c>, and for the i-th parameter of the optimizer
/// <c>optimizer/i/average</c> and <c>optimizer/i/square</c>.</para>
/// <para>The randomness of a batch depends on its place alone (<see cref="DropoutRandom"/>,
/// <see cref="BatchOrder"/>), so no generator's state is kept.</para>
/// </remarks>
internal sealed class Checkpoint
{
    private const string StateKey = "training";
    private const string StepsKey = "optimizerSteps";

    private readonly string _path;

    /// <param name="folder">The folder of the training; it is made where it is missing.</param>
    public Checkpoint(string folder) => _path = Path.Combine(folder, "checkpoint.safetensors");

    /// <summary>Writes a checkpoint in the place of the last one.</summary>
    public void Write(
        TrainingState state, nn.Module module, AdamW optimizer, IReadOnlyDictionary<string, Tensor> best)
    {
        var tensors = new Dictionary<string, Tensor>();
        foreach (var (name, tensor) in module.state_dict())
        {
            tensors.Add($"model/{name}", tensor);
        }

        foreach (var (name, tensor) in best)
        {
            tensors.Add($"best/{name}", tensor);
        }

        foreach (var (i, moments) in optimizer.States.Index())
        {
            tensors.Add($"optimizer/{i}/average", moments.Average);
            tensors.Add($"optimizer/{i}/square", moments.Square);
        }

        Safetensors.Write(_path, tensors, new Dictionary<string, string>
        {
            [StateKey] = JsonSerializer.Serialize(state),
            [StepsKey] = JsonSerializer.Serialize(optimizer.States.Select(moments => moments.StepCount)),
        });
    }

    /// <summary>Takes up the training of a checkpoint.</summary>
    /// <param name="fingerprint">What tells the training from any other.</param>
    /// <param name="module">Gets its weights.</param>
    /// <param name="optimizer">Gets its averages.</param>
    /// <param name="best">Gets the best weights.</param>
    /// <returns>Where the training is; null where there is no checkpoint of this training, and nothing was
    /// changed.</returns>
    public TrainingState? Read(
        string fingerprint, nn.Module module, AdamW optimizer, Dictionary<string, Tensor> best)
    {
        if (!File.Exists(_path))
        {
            return null;
        }

        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var tensors = Safetensors.Read(_path, out var metadata);
        var state = JsonSerializer.Deserialize<TrainingState>(metadata[StateKey])!;
        if (state.Fingerprint != fingerprint)
        {
            return null;
        }

        foreach (var (name, tensor) in module.state_dict())
        {
            tensor.copy_(tensors[$"model/{name}"]);
            if (tensors.TryGetValue($"best/{name}", out var kept))
            {
                best[name] = kept.to(tensor.device).DetachFromDisposeScope();
            }
        }

        var steps = JsonSerializer.Deserialize<long[]>(metadata[StepsKey])!;
        foreach (var (i, moments) in optimizer.States.Index())
        {
            moments.StepCount = steps[i];
            moments.Average.copy_(tensors[$"optimizer/{i}/average"]);
            moments.Square.copy_(tensors[$"optimizer/{i}/square"]);
        }

        return state;
    }
}
