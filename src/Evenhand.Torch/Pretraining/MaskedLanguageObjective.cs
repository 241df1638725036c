using Evenhand.Configuration.Randomness;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Pretraining;

/// <summary>Trains an encoder to tell hidden tokens: the mean cross entropy over them, each weighed as its row
/// is.</summary>
/// <remarks>Devlin et al. 2019, section 3.1. Vectors of the hidden tokens are picked out before they are compared with
/// all words, which would be most of the work.</remarks>
/// <param name="model">The encoder and its head.</param>
/// <param name="masking">Hides tokens.</param>
/// <param name="precision">In which precision passes are computed.</param>
internal sealed class MaskedLanguageObjective(MaskedLanguageModel model, TokenMasking masking, Precision precision)
    : ITrainingObjective
{
    public nn.Module Module => model;

    public Tensor Loss(TokenBatch batch)
    {
        var seeds = batch.Seeds
            ?? throw new ArgumentException("The batch has no randomness to hide tokens by.", nameof(batch));
        var device = batch.Ids.device;
        var ids = batch.Ids.cpu().data<long>().ToArray();
        var length = ids.Length / batch.Rows.Length;
        var (places, targets) = masking.Hide(ids, batch.Rows.Length, seeds.Fork("masking").CreateRandom());
        using var _ = MixedPrecision.Begin(precision.On(device));
        var words = model.Encoder.Words(tensor(ids, batch.Ids.shape).to(device));
        var hidden = model.Encoder.Encode(words, batch.Types, batch.Mask);
        var told = hidden.reshape(-1, hidden.shape[2]).index_select(0, tensor(places).to(device));
        var scores = model.Head.call(told, model.Encoder.WordTable).to(ScalarType.Float32);
        var losses = nn.functional.cross_entropy(scores, tensor(targets).to(device), reduction: nn.Reduction.None);
        var rows = tensor(Array.ConvertAll(places, place => place / length)).to(device);
        var weights = batch.Weights.index_select(0, rows);

        // Rows without weight, or without text, have nothing to tell.
        return (losses * weights).sum() / weights.sum().Plus(float.Epsilon);
    }
}
