using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Tests.Files;

namespace Evenhand.Experiments.Tests.Running;

[TestClass]
public sealed class ExperimentDataTests
{
    private const string Own = """
        name: own
        task: rating-prediction
        data:
          rows:
            files: [ { path: ratings.csv } ]
            columns:
              - { name: user, type: category, role: user }
              - { name: item, type: category, role: item }
              - { name: stars, type: number }
              - { name: gender, type: category, describes: user }
              - { name: genre, type: category, describes: item }
          label: { column: stars }
          groups: { user: [gender], row: [gender*genre] }
        learners: [bias]
        objective: { minimize: rmse }
        """;

    [TestMethod]
    public void Load_RowsWithoutLabel_AreLeftOutAndCounted()
    {
        using var folder = new TemporaryFolder();
        var notes = new Notes();
        var data = Load(folder, notes, missing: 3);

        Assert.AreEqual(57, data.Facts.Rows);
        StringAssert.Contains(notes.Lines.Single(), "3 of 60 rows left out");
    }

    [TestMethod]
    public void Load_CrossingOfUserAndItem_IsAGroupOfTheRows()
    {
        using var folder = new TemporaryFolder();
        var data = Load(folder, new Notes());

        var crossing = data.Split.Train.FindGroup("gender*genre")!;
        Assert.AreEqual(GroupSide.Row, crossing.Side);
        Assert.AreEqual(data.Split.Train.RowCount, crossing.Column.Length);
        CollectionAssert.AreEqual(
            new[] { "gender", "gender*genre" }, data.Split.Train.Groups.Select(g => g.Name).ToArray());
    }

    [TestMethod]
    public void Load_LabelIsText_IsRefusedBeforeAnyTrial()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ratings.csv", "user,item,stars,gender,genre\nu1,i1,good,F,drama\nu2,i2,bad,M,crime\n");
        var text = Own.Replace("name: stars, type: number", "name: stars, type: category", StringComparison.Ordinal);

        var refusal = Assert.ThrowsExactly<InputException>(
            () => ExperimentPlan.Load(folder.Write("own.yaml", text), Registries.Full, [], null));

        StringAssert.Contains(refusal.Message, "label.positive");
    }

    [TestMethod]
    public void CheckSame_FileHasChanged_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var before = Load(folder, new Notes()).Facts;
        var after = Load(folder, new Notes(), missing: 1);

        StringAssert.Contains(
            Assert.ThrowsExactly<InputException>(() => after.CheckSame(before)).Message, "data has changed");
        after.CheckSame(after.Facts);
    }

    private static ExperimentData Load(TemporaryFolder folder, IRunListener listener, int missing = 0)
    {
        var rows = Enumerable.Range(0, 60).Select(i =>
            $"u{i % 12},i{i % 10},{(i < missing ? "" : $"{1 + (i % 5)}")},{(i % 2 == 0 ? "F" : "M")},{(i % 10 < 5 ? "drama" : "crime")}");
        folder.Write("ratings.csv", "user,item,stars,gender,genre\n" + string.Join('\n', rows) + "\n");
        var plan = ExperimentPlan.Load(folder.Write("own.yaml", Own), Registries.Full, [], null);
        return ExperimentData.Load(plan, null, listener, CancellationToken.None);
    }

    private sealed class Notes : IRunListener
    {
        public List<string> Lines { get; } = [];

        public void Noted(string note) => Lines.Add(note);
    }
}
