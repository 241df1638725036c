using Evenhand.Configuration;
using Evenhand.Learning;
using Evenhand.TestKit.Learning;
using Evenhand.Torch.Robustness;
using Evenhand.Torch.Transformer;

namespace Evenhand.Torch.Tests.Transformer;

[TestClass]
[DoNotParallelize]
public sealed class TransformerConformanceTests : LearnerConformance
{
    private static readonly TransformerOptions Tiny = new()
    {
        HiddenSize = 16,
        NumberOfLayers = 1,
        NumberOfHeads = 2,
        IntermediateSize = 16,
        MaximumLength = 16,
        VocabularySize = 300,
        NumberOfEpochs = 4,
        BatchSize = 16,
        LearningRate = 5e-3,
    };

    protected override string Name => "transformer";

    protected override bool Reports => true;

    protected override LearnerOptions Options => Tiny;

    protected override IReadOnlyDictionary<string, double> Most => new Dictionary<string, double>
    {
        [nameof(TransformerOptions.HiddenSize)] = 8,
        [nameof(TransformerOptions.NumberOfLayers)] = 1,
        [nameof(TransformerOptions.NumberOfHeads)] = 2,
        [nameof(TransformerOptions.IntermediateSize)] = 16,
        [nameof(TransformerOptions.MaximumLength)] = 16,
        [nameof(TransformerOptions.VocabularySize)] = 320,
        [nameof(TransformerOptions.NumberOfEpochs)] = 1,
        [nameof(TransformerOptions.BatchSize)] = 64,
        [$"{nameof(TransformerOptions.Pretraining)}.{nameof(PretrainingOptions.Epochs)}"] = 1,
        [$"{nameof(TransformerOptions.Lora)}.{nameof(LoraOptions.Rank)}"] = 4,
        [$"{nameof(TransformerOptions.Adapter)}.{nameof(AdapterOptions.Size)}"] = 8,
        [nameof(TransformerOptions.GradientAccumulation)] = 2,
        [$"{nameof(TransformerOptions.Adversary)}.{nameof(AdversaryOptions.Steps)}"] = 2,
    };

    protected override Registry Registry => Registries.Full;

    [TestInitialize]
    public void Require() => TorchTest.RequireTorch();
}
