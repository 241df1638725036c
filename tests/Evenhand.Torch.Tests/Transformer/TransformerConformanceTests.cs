using Evenhand.Learning;
using Evenhand.TestKit;

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
        NumberOfEpochs = 1,
    };

    protected override string Name => "transformer";

    protected override LearnerOptions Options => Tiny;

    protected override IReadOnlyDictionary<string, double> Most => new Dictionary<string, double>
    {
        [nameof(TransformerOptions.HiddenSize)] = 16,
        [nameof(TransformerOptions.NumberOfLayers)] = 2,
        [nameof(TransformerOptions.NumberOfHeads)] = 4,
        [nameof(TransformerOptions.IntermediateSize)] = 16,
        [nameof(TransformerOptions.MaximumLength)] = 32,
        [nameof(TransformerOptions.VocabularySize)] = 500,
        [nameof(TransformerOptions.NumberOfEpochs)] = 2,
        [nameof(TransformerOptions.BatchSize)] = 64,
        [nameof(TransformerOptions.GradientAccumulation)] = 4,
        [nameof(TransformerOptions.AdversarialSteps)] = 2,
    };

    [ClassInitialize]
    public static void Register(TestContext context) => TorchLearners.Register();

    [TestInitialize]
    public void Require() => TorchTest.RequireTorch();
}
