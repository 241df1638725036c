using Evenhand.Configuration;
using Evenhand.Experiments.BuiltIn;
using Evenhand.Experiments.Extensions;
using Evenhand.Experiments.Plans;
using Evenhand.Tuning.Parts;
using Evenhand.Tuning.Pruners;
using Evenhand.Tuning.Samplers;

namespace Evenhand.Experiments.Tests.Files;

/// <summary>Studies whose extension is not loaded.</summary>
[TestClass]
public sealed class UnloadedExtensionTests
{
    [TestMethod]
    public void Of_SamplerAndPrunerOfAnExtension_AreKnownByTheirNames()
    {
        var path = Path.GetFullPath("own.dll");
        var before = BuiltInRegistry.Create();
        var after = before.Copy()
            .Add(StudyPartDescriptor<Sampler>.Of("spiral", "Goes round.", () => new RandomSampler()))
            .Add(StudyPartDescriptor<Pruner>.Of("hasty", "Stops soon.", () => new MedianPruner()));
        var record = ExtensionRecord.Of(path, new string('0', 64), before, after);
        var definition = new StudyDefinition
        {
            File = Path.GetFullPath("own.yaml"),
            Text = """
                name: own
                task: rating-prediction
                extensions: [own.dll]
                data: { source: simulator }
                learners: [bias]
                objective: { minimize: rmse }
                sampler: { spiral: { turns: 3 } }
                pruner: hasty
                """,
            Overrides = [],
            Dataset = new DatasetFacts("simulator", 100, null),
            Version = "0.1.0",
            Extensions = [record],
        };
        var plan = ExperimentPlan.Of(StudyDefinition.FromJson(definition.ToJson()), before);
        Assert.AreEqual("spiral", plan.Protocol["sampler"]);
        Assert.AreEqual("hasty", plan.Protocol["pruner"]);
        StringAssert.Contains(
            Assert.ThrowsExactly<InputException>(() => plan.Experiment.Sampler.Create()).Message, "which is not loaded");
    }
}
