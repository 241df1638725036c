using System.Text.Json.Nodes;
using Evenhand.Configuration;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Tests.Files;
using Evenhand.Experiments.Tests.Leaderboards;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Robustness;
using Evenhand.Torch.Transformer;
using Evenhand.Tuning.Space;

namespace Evenhand.Experiments.Tests.Studies;

/// <summary>Studies of versions in which options had no conditions, and those of LoRA, say, stood beside all
/// others.</summary>
[TestClass]
public sealed class FormerStudyTests
{
    // As version 0.1 proposed them, in its order.
    private static readonly string[] Searched =
    [
        "transformer.loraRank", "transformer.loraAlpha", "transformer.loraDropout", "transformer.adapterSize",
        "transformer.pretrainingLearningRate", "transformer.pretrainingMaskShare", "transformer.numberOfLayers",
        "transformer.intermediateSize", "transformer.maximumLength", "transformer.dropout",
        "transformer.attentionDropout", "transformer.vocabularySize", "transformer.batchSize",
        "transformer.numberOfEpochs", "transformer.learningRate", "transformer.weightDecay", "transformer.warmupShare",
        "transformer.labelSmoothing", "transformer.adversarialEpsilon", "transformer.adversarialSteps",
        "transformer.adversarialStepSize", "transformer.adversarialWeight",
    ];

    [TestMethod]
    public void Of_SearchOfAllOptions_KeepsTheSpaceOfItsTrials()
    {
        var space = Plan("[transformer: search]").Learners.Space;

        CollectionAssert.AreEqual(Searched, space.Parameters.Select(p => p.Name).ToArray());
        Assert.IsTrue(space.Parameters.All(p => p.When is null));
    }

    [TestMethod]
    public void LearnerParameters_FormerNames_AreShownAsTheyWere()
    {
        var plan = Plan("[transformer: { fineTuning: { choice: [full, lora] }, loraRank: search, loraAlpha: 4, "
            + "adversary: { choice: [none, pgd] }, adversarialSteps: 2, pretrainingEpochs: 1, "
            + "wholeWordMasking: true }]");
        var point = plan.Learners.Space.CreateSet(new Dictionary<string, ParameterValue>
        {
            ["transformer.fineTuning"] = "full",
            ["transformer.loraRank"] = 3,
            ["transformer.adversary"] = "pgd",
        });

        Assert.AreEqual(
            "fineTuning=full, loraRank=3, loraAlpha=4, adversary=pgd, adversarialSteps=2, pretrainingEpochs=1, "
            + "wholeWordMasking=true",
            plan.Learners.ParametersAt(point).ToString());
        Assert.AreEqual(
            new TransformerOptions
            {
                FineTuning = FineTuning.Full,
                Lora = new LoraOptions { Rank = 3, Alpha = 4 },
                Adversary = new AdversaryOptions { Kind = AdversaryKind.Pgd, Steps = 2 },
                Pretraining = new PretrainingOptions { Epochs = 1, WholeWordMasking = true },
            },
            plan.Learners.OptionsAt(point));
    }

    [TestMethod]
    public void Of_OptionWithoutEffect_IsReadAsItWas()
    {
        var plan = Plan(
            "[matrix-factorization: { alpha: search, lambda: 0.1 }]", "rating-prediction", "{ minimize: rmse }");

        Assert.AreEqual("matrix-factorization.alpha", plan.Learners.Space.Parameters.Single().Name);
    }

    [TestMethod]
    public void Define_NewStudy_HasConditions()
    {
        var plan = PlanSamples.Of(Text.With("[bias]"));

        Assert.IsTrue(StudyDefinition.FromJson(plan.Define(new DatasetFacts("own", 3, null)).ToJson()).Conditions);
    }

    [TestMethod]
    public void Of_NewStudyWithAFormerName_IsRefused()
    {
        var text = Text.With(
            "[transformer: { loraRank: 3 }]", "{ maximize: accuracy }", "{ source: womens-clothing-reviews }",
            "text-classification");

        Assert.Contains(
            "loraRank: is now 'lora.rank'",
            Assert.ThrowsExactly<InputException>(() => PlanSamples.Of(text)).Message);
    }

    // What earlier versions wrote says nothing of conditions.
    private static ExperimentPlan Plan(
        string learners, string task = "text-classification", string objective = "{ maximize: accuracy }")
    {
        var data = task == "text-classification" ? "{ source: womens-clothing-reviews }" : "{ source: ml-100k }";
        var definition = PlanSamples.Definition(Text.With(learners, objective, data, task));
        var json = JsonNode.Parse(definition.ToJson())!.AsObject();
        Assert.IsTrue(json.Remove("conditions"));
        return ExperimentPlan.Of(StudyDefinition.FromJson(json.ToJsonString()), Registries.Full);
    }
}
