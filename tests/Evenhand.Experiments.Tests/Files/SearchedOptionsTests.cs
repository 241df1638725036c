using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Experiments.Files;
using Evenhand.Learning;
using Evenhand.Learning.Mitigations;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Robustness;
using Evenhand.Torch.Transformer;
using Evenhand.Tuning.Space;

namespace Evenhand.Experiments.Tests.Files;

/// <summary>No option is proposed that has no effect, of any learner or mitigation.</summary>
[TestClass]
public sealed class SearchedOptionsTests
{
    private const int Proposals = 1000;

    public static IEnumerable<object[]> Learners =>
        Registries.Full.All<LearnerDescriptor>().Select(learner => new object[] { learner.Name });

    public static IEnumerable<object[]> Mitigations =>
        Registries.Full.All<MitigationDescriptor>().Select(mitigation => new object[] { mitigation.Name });

    [TestMethod]
    public void Search_Transformer_LeavesOutWhatHasNoEffectByDefault() => CollectionAssert.AreEqual(
        new[]
        {
            "numberOfLayers", "intermediateSize", "maximumLength", "dropout", "attentionDropout", "vocabularySize",
            "batchSize", "numberOfEpochs", "learningRate", "weightDecay", "warmupShare", "labelSmoothing",
        },
        Read("transformer", "search").Select(setting => setting.Name).ToArray());

    [TestMethod]
    [DataRow("search")]
    [DataRow("{ fineTuning: search, lora: search, adapter: search }")]
    [DataRow("{ fineTuning: { choice: [full, lora] }, lora: search, adversary: { kind: search, epsilon: search, "
        + "steps: search, stepSize: search, weight: search, norm: search } }")]
    [DataRow("{ pretraining: { epochs: { int: [0, 3] }, learningRate: search, maskShare: search, "
        + "wholeWordMasking: search }, adversary: { kind: free, steps: search, stepSize: search } }")]
    [DataRow("{ pretrained: { choice: ['', bert] }, numberOfLayers: search, vocabularySize: search, "
        + "intermediateSize: search, preNorm: search, tokenizer: search, hiddenSize: { choice: [64, 128] } }")]
    [DataRow("{ validationShare: { choice: [0, 0.1] }, patience: { int: [1, 4] }, lora: { rank: 4 }, "
        + "fineTuning: lora }")]
    public void Propose_Transformer_HasAnEffectByTheCode(string options)
    {
        var settings = Read("transformer", options);
        foreach (var point in Points(settings))
        {
            var at = OptionSettings.At(new TransformerOptions(), settings, "", point);
            foreach (var name in point.Keys)
            {
                Assert.IsTrue(HasEffect(name, at), $"{name} at {point}");
            }

            foreach (var searched in settings.OfType<SearchedOption>().Where(s => !point.ContainsKey(s.Name)))
            {
                Assert.IsFalse(HasEffect(searched.Name, at), $"{searched.Name} at {point}");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Learners))]
    public void Propose_SearchOfALearner_HasEffects(string name) =>
        AssertEffects(Registries.Full.Get<LearnerDescriptor>(name).CreateDefaultOptions, "search");

    [TestMethod]
    [DynamicData(nameof(Learners))]
    public void Propose_EveryOptionOfALearner_HasEffectsAndMissesNone(string name)
    {
        var learner = Registries.Full.Get<LearnerDescriptor>(name);
        AssertEffects(learner.CreateDefaultOptions, Everything(OptionKey.Of(learner.OptionsType)));
    }

    [TestMethod]
    [DynamicData(nameof(Mitigations))]
    public void Propose_EveryOptionOfAMitigation_HasEffectsAndMissesNone(string name)
    {
        var mitigation = Registries.Full.Get<MitigationDescriptor>(name);
        AssertEffects(mitigation.CreateDefaultOptions, Everything(OptionKey.Of(mitigation.OptionsType)));
    }

    // By reading what the transformer does, and not what its options say of themselves.
    private static bool HasEffect(string name, TransformerOptions options) => name switch
    {
        "lora.rank" or "lora.alpha" or "lora.dropout" => options.FineTuning == FineTuning.Lora,
        "adapter.size" => options.FineTuning == FineTuning.Adapter,
        "pretraining.file" or "pretraining.learningRate" or "pretraining.maskShare"
            or "pretraining.wholeWordMasking" => options.Pretraining.Epochs > 0,
        "adversary.norm" or "adversary.epsilon" => options.Adversary.Kind != AdversaryKind.None,
        "adversary.steps" or "adversary.stepSize" =>
            options.Adversary.Kind is AdversaryKind.Pgd or AdversaryKind.Free,
        "adversary.weight" => options.Adversary.Kind is AdversaryKind.Fgm or AdversaryKind.Pgd,
        "hiddenSize" or "numberOfLayers" or "numberOfHeads" or "intermediateSize" or "preNorm" or "tokenizer"
            or "vocabularySize" => options.Pretrained.Length == 0,
        "patience" => options.ValidationShare > 0,
        _ => !name.Contains('.', StringComparison.Ordinal) || name is "pretraining.epochs" or "adversary.kind",
    };

    // Each proposal holds every searched option that has an effect there, and no other.
    private static void AssertEffects(Func<OptionsRecord> defaults, string text)
    {
        var settings = Read(defaults, text);
        var keys = OptionKey.Of(defaults().GetType()).SelectMany(key => key.Single)
            .Where(key => settings.Any(s => s is SearchedOption && s.Name == key.Name)).ToArray();
        foreach (var point in Points(settings))
        {
            var options = OptionSettings.At(defaults(), settings, "", point);
            foreach (var key in keys)
            {
                Assert.AreEqual(IsEffective(key, options), point.ContainsKey(key.Name), $"{key.Name} at {point}");
            }
        }
    }

    private static bool IsEffective(OptionKey? key, OptionsRecord options) => key is null
        || (OptionCondition.WhyIdle(key.Within?.ValueIn(options) ?? options, key.Key.Property) is null
            && IsEffective(key.Within, options));

    private static ParameterSet[] Points(IReadOnlyList<OptionSetting> settings)
    {
        var space = new SearchSpace(OptionSettings.Searched(settings, "", null));
        var random = new Random(5);
        return [.. Enumerable.Range(0, Proposals)
            .Select(_ => space.FromUnit([.. space.Parameters.Select(_ => random.NextDouble())]))];
    }

    // Every option, over its interval or two values, the smallest one of them.
    private static string Everything(IReadOnlyList<OptionKey> keys) => $"{{ {string.Join(", ", keys
        .Select(key => $"{key.Key.Name}: {(key.IsRecord ? Everything(key.Inner) : Domain(key.Key))}"))} }}";

    private static string Domain(YamlKey key)
    {
        if (OptionReader.HasInterval(key) || key.Shape.Kind is YamlShapeKind.Boolean or YamlShapeKind.Enumeration)
        {
            return "search";
        }

        if (key.Shape.Kind == YamlShapeKind.Text)
        {
            return "{ choice: ['', some] }";
        }

        var (low, high) = (OptionRange.Minimum(key.Range!), OptionRange.Maximum(key.Range!));
        var next = key.Shape.Kind == YamlShapeKind.Integer ? low + 1 : low + ((high - low) / 2);
        return $"{{ choice: [{YamlScalars.Number(low)}, {YamlScalars.Number(next)}] }}";
    }

    private static List<OptionSetting> Read(string learner, string options) =>
        Read(Registries.Full.Get<LearnerDescriptor>(learner).CreateDefaultOptions, options);

    private static List<OptionSetting> Read(Func<OptionsRecord> defaults, string options)
    {
        var problems = new YamlProblems();
        var settings = OptionSettings.Read("it", defaults, YamlReader.Read("f.yaml", options, problems)!, problems);
        problems.ThrowIfAny();
        return settings;
    }
}
