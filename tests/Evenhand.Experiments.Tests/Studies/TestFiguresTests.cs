using Evenhand.Configuration;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Studies;
using Evenhand.Experiments.Tests.Files;
using Evenhand.Experiments.Tests.Leaderboards;
using Evenhand.Tuning.Artifacts;

namespace Evenhand.Experiments.Tests.Studies;

[TestClass]
public sealed class TestFiguresTests
{
    [TestMethod]
    public void Read_AnyDigitChangedOrCut_IsRefusedByName()
    {
        using var folder = new TemporaryFolder();
        var files = Artifacts(folder);
        files.WriteTest(new Dictionary<int, EvaluationFigures> { [7] = PlanSamples.Figures(0.9, 0.1) });
        var path = Path.Combine(folder.Path, "study", "test.json");
        var whole = File.ReadAllBytes(path);
        for (var place = 0; place < whole.Length; place++)
        {
            var changed = (byte[])whole.Clone();
            changed[place] ^= 0x1;
            File.WriteAllBytes(path, changed);
            StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => files.ReadTest()).Message, path);

            File.WriteAllBytes(path, whole[..place]);
            StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => files.ReadTest()).Message, "damaged");
        }
    }

    [TestMethod]
    [DataRow("{\"7\":{\"metrics\":{\"rmse\":{\"value\":0.5,\"low\":0.25,\"high\":1}},\"groups\":{},\"fairness\":{}}}")]
    public void Read_FileOfAnOlderVersion_IsRead(string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("study/test.json", text);
        Assert.AreEqual(0.5, Artifacts(folder).ReadTest()[7].Metrics["rmse"].Value);
    }

    [TestMethod]
    [DataRow("null")]
    [DataRow("[]")]
    [DataRow("5")]
    [DataRow("{\"7\":null}")]
    [DataRow("{\"7\":{\"metrics\":[]}}")]
    [DataRow("{\"7\":{\"metrics\":{\"rmse\":{\"value\":\"no\"}}}}")]
    [DataRow("{\"seven\":{}}")]
    [DataRow("{\"sha256\":\"00\"}")]
    public void Read_JsonThatHoldsNoFigures_IsRefused(string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("study/test.json", text);
        Assert.ThrowsExactly<InputException>(() => Artifacts(folder).ReadTest());
    }

    private static StudyArtifacts Artifacts(TemporaryFolder folder) => new(new FolderArtifacts(folder.Path), "study");
}
