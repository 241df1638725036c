using System.Text.Json;
using Evenhand.Configuration;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Runtime;
using static TorchSharp.torch;

namespace Evenhand.Torch.Training;

/// <summary>Keeps a training on disk, so that it can go on after the process has ended: weights, best weights, the
/// optimizer's averages, and where it is.</summary>
/// <remarks>
/// <para>One file, <c>checkpoint.safetensors</c>, written beside its place and renamed; the state is JSON in its
/// metadata, with a checksum of all. The tensors are <c>model/NAME</c>, <c>best/NAME</c>, and for the i-th parameter of
/// the optimizer <c>optimizer/i/average</c> and <c>optimizer/i/square</c>.</para>
/// <para>The randomness of a batch depends on its place alone (<see cref="DropoutRandom"/>,
/// <see cref="BatchOrder"/>), so no generator's state is kept.</para>
/// </remarks>
internal sealed class Checkpoint
{
    private const string StateKey = "training";
    private const string StepsKey = "optimizerSteps";
    private const string ChecksumKey = "sha256";

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

        var metadata = new Dictionary<string, string>
        {
            [StateKey] = JsonSerializer.Serialize(state),
            [StepsKey] = JsonSerializer.Serialize(optimizer.States.Select(moments => moments.StepCount)),
        };
        metadata[ChecksumKey] = Safetensors.Checksum(tensors, metadata);
        Safetensors.Write(_path, tensors, metadata);
    }

    /// <summary>Takes up the training of a checkpoint.</summary>
    /// <param name="fingerprint">What tells the training from any other.</param>
    /// <param name="module">Gets its weights.</param>
    /// <param name="optimizer">Gets its averages.</param>
    /// <param name="best">Gets the best weights.</param>
    /// <returns>Where the training is; null where there is no checkpoint of this training, or only a damaged one, and
    /// nothing was changed: the same training is made again.</returns>
    public TrainingState? Read(
        string fingerprint, nn.Module module, AdamW optimizer, Dictionary<string, Tensor> best)
    {
        if (!File.Exists(_path))
        {
            return null;
        }

        using var scope = NewDisposeScope();
        using var mode = no_grad();
        if (!TryRead(out var tensors, out var metadata)
            || JsonSerializer.Deserialize<TrainingState>(metadata[StateKey]) is not { } state
            || state.Fingerprint != fingerprint)
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

    // Whole, and as it was written.
    private bool TryRead(out Dictionary<string, Tensor> tensors, out Dictionary<string, string> metadata)
    {
        (tensors, metadata) = ([], []);
        try
        {
            tensors = Safetensors.Read(_path, out var texts);
            metadata = new Dictionary<string, string>(texts);
            return metadata.Remove(ChecksumKey, out var checksum)
                && checksum == Safetensors.Checksum(tensors, metadata);
        }
        catch (InputException)
        {
            return false;
        }
    }
}
