namespace Evenhand.Data.Tests;

[TestClass]
public sealed class MovieLensTests
{
    [TestMethod]
    public void Load_MovieLens100K_HasThePublishedNumbers()
    {
        var data = PublicData.Load("ml-100k", out var report);
        Assert.AreEqual(100_000, data.RowCount);
        Assert.AreEqual(943, data.UserColumn!.Vocabulary.Count);
        Assert.AreEqual(1682, data.ItemColumn!.Vocabulary.Count);
        Assert.AreEqual(0, report.Notes.Count, string.Join('\n', report.Notes));
        foreach (var g in data.Groups) Console.WriteLine($"{g.Side} {g.Name}: " + string.Join(", ", g.Groups.Select((n, i) => $"{n} {g.Column.Codes.ToArray().Count(c => c == i)}")));
        foreach (var t in new[] { data.Rows, data.Users!, data.Items! }) Console.WriteLine(string.Join(" | ", t.Columns.Select(c => $"{c.Name}:{c.GetType().Name}:{c.Roles}:{c.MissingCount}")));
    }
}
