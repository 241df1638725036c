using Evenhand.Configuration;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Tests.Files;
using Evenhand.Torch.Transformer;
using Evenhand.Tuning.Space;

namespace Evenhand.Experiments.Tests.Running;

/// <summary>Options of learners that name files and folders.</summary>
[TestClass]
public sealed class PretrainedFolderTests
{
    private const string Own = """
        name: own
        task: text-classification
        data:
          rows:
            files: [{ path: texts.csv }]
            columns:
              - { name: text, type: text, role: text }
              - { name: good, type: number }
              - { name: age, type: category }
          label: { column: good }
          groups: { row: [age] }
        learners: [transformer: { pretrained: bert }]
        objective: { maximize: accuracy }
        budget: { trials: 1 }
        """;

    [TestMethod]
    public void Load_Folder_IsFoundBesideTheExperiment()
    {
        using var folder = new TemporaryFolder();
        var options = (TransformerOptions)Load(folder, Own).Learners.OptionsAt(new ParameterSet([]));

        Assert.AreEqual(Path.Combine(folder.Path, "bert"), options.Pretrained);
    }

    [TestMethod]
    [DataRow("pretrained: bert", "pretrained: brt", "pretrained of 'transformer': the folder ")]
    [DataRow("pretrained: bert", "pretrained: texts.csv", "texts.csv does not exist")]
    [DataRow("pretrained: bert", "pretraining: { epochs: 1, file: none.txt }",
        "pretraining.file of 'transformer': the file ")]
    [DataRow("pretrained: bert", "pretrained: bert, hiddenSize: 64",
        "hiddenSize: has an effect only where pretrained is empty; here it is bert")]
    public void Load_Mistake_IsNamed(string sound, string mistaken, string message)
    {
        using var folder = new TemporaryFolder();

        Assert.Contains(message, Assert.ThrowsExactly<InputException>(
            () => Load(folder, Own.Replace(sound, mistaken, StringComparison.Ordinal))).Message);
    }

    [TestMethod]
    [DataRow("pretrained: ''")]
    [DataRow("hiddenSize: 64")]
    public void Load_NoFolder_IsAllowed(string options)
    {
        using var folder = new TemporaryFolder();
        var found = (TransformerOptions)Load(folder, Own.Replace("pretrained: bert", options, StringComparison.Ordinal))
            .Learners.OptionsAt(new ParameterSet([]));

        Assert.AreEqual("", found.Pretrained);
    }

    [TestMethod]
    public void CheckSame_FileOfTheFolderHasChanged_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var before = ExperimentData.Load(Load(folder, Own), null, IRunListener.None, CancellationToken.None).Facts;
        var after = Load(folder, Own, config: "{ \"model_type\": \"roberta\" }");

        Assert.Contains("data has changed", Assert.ThrowsExactly<InputException>(() => ExperimentData
            .Load(after, null, IRunListener.None, CancellationToken.None).CheckSame(before)).Message);
    }

    private static ExperimentPlan Load(TemporaryFolder folder, string text, string config = "{ \"model_type\": \"bert\" }")
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "bert"));
        folder.Write("bert/config.json", config);
        folder.Write("texts.csv", "text,good,age\n" + string.Concat(
            Enumerable.Range(0, 60).Select(i => $"text {i},{i % 2},{(i % 3 == 0 ? "young" : "old")}\n")));
        return ExperimentPlan.Load(folder.Write("own.yaml", text), Registries.Full, [], null);
    }
}
