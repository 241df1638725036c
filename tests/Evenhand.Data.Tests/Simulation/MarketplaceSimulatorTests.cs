using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;
using Evenhand.Data.Simulation;

namespace Evenhand.Data.Tests.Simulation;

[TestClass]
public sealed class MarketplaceSimulatorTests
{
    private static readonly SimulatorOptions Small = new() { Users = 80, Items = 60, Interactions = 1_500 };

    [TestMethod]
    public void Generate_Default_HasTheDocumentedColumnsAndGroups()
    {
        var data = MarketplaceSimulator.Generate(Small, new SeedTree(0));
        Assert.AreEqual(1_500, data.RowCount);
        CollectionAssert.AreEqual(
            new[] { "user", "item", "rating", "recommended", "clicked", "time", "preference", "text" },
            data.Rows.Columns.Select(c => c.Name).ToArray());
        CollectionAssert.AreEqual(
            new[] { "gender User", "age-band User", "provider Item" },
            data.Groups.Select(g => $"{g.Name} {g.Side}").ToArray());
        Assert.AreEqual(80, data.Users!.RowCount);
        Assert.AreEqual(60, data.Items!.RowCount);
        Assert.AreEqual("rating", data.Label!.Name);
        Assert.IsTrue(data.Rows.Columns.All(c => c.MissingCount == 0));
    }

    [TestMethod]
    [DataRow(SimulatorLabel.Rating, "rating")]
    [DataRow(SimulatorLabel.Recommended, "recommended")]
    [DataRow(SimulatorLabel.Clicked, "clicked")]
    [DataRow(SimulatorLabel.Sentiment, "sentiment")]
    [DataRow(SimulatorLabel.Tags, "tags")]
    public void Generate_Label_IsTheColumnAskedFor(SimulatorLabel label, string column)
    {
        var data = MarketplaceSimulator.Generate(Small with { Label = label }, new SeedTree(0));
        Assert.AreEqual(column, data.Rows.Columns.Single(c => c.Roles.HasFlag(ColumnRoles.Label)).Name);
    }

    [TestMethod]
    public void Generate_AnyRow_IsWithinBounds()
    {
        var rows = MarketplaceSimulator.Stream(Small, new SeedTree(3)).ToArray();
        Assert.IsTrue(rows.All(r => r.Rating is >= 1 and <= 5));
        Assert.IsTrue(rows.All(r => r.Recommended == (r.Rating >= 4)));
        var start = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        var end = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        Assert.IsTrue(rows.All(r => r.Time >= start && r.Time < end));
        Assert.AreEqual(1_500, rows.Select(r => (r.User, r.Item)).Distinct().Count(), "A user rates an item once.");
        foreach (var user in rows.GroupBy(r => r.User))
        {
            var times = user.Select(r => r.Time).ToArray();
            CollectionAssert.AreEqual(times.Order().ToArray(), times);
        }
    }

    [TestMethod]
    public void Generate_SameSeed_SameRowsAsStream()
    {
        var data = MarketplaceSimulator.Generate(Small, new SeedTree(11));
        var rows = MarketplaceSimulator.Stream(Small, new SeedTree(11)).ToArray();
        CollectionAssert.AreEqual(rows.Select(r => r.User).ToArray(), data.UserColumn!.Codes.ToArray());
        CollectionAssert.AreEqual(rows.Select(r => r.Item).ToArray(), data.ItemColumn!.Codes.ToArray());
        CollectionAssert.AreEqual(rows.Select(r => (double)r.Rating).ToArray(), Numbers(data, "rating"));
        CollectionAssert.AreEqual(rows.Select(r => r.Preference).ToArray(), Numbers(data, "preference"));
        CollectionAssert.AreEqual(rows.Select(r => r.Time).ToArray(), Numbers(data, "time"));
        CollectionAssert.AreEqual(rows.Select(r => r.Text).ToArray(), data.Text!.Values.ToArray());
        var clicked = ((CategoricalColumn)data.Rows["clicked"]).Codes.ToArray();
        CollectionAssert.AreEqual(rows.Select(r => r.Clicked ? 1 : 0).ToArray(), clicked);
        var (users, items) = MarketplaceSimulator.Entities(Small, new SeedTree(11));
        AssertEqual(data.Users!, users);
        AssertEqual(data.Items!, items);
    }

    [TestMethod]
    public void Stream_OtherSeed_OtherRows() => CollectionAssert.AreNotEqual(
        MarketplaceSimulator.Stream(Small, new SeedTree(1)).ToArray(),
        MarketplaceSimulator.Stream(Small, new SeedTree(2)).ToArray());

    [TestMethod]
    public void Stream_WithoutTexts_OtherColumnsAreTheSame() => CollectionAssert.AreEqual(
        MarketplaceSimulator.Stream(Small, new SeedTree(1)).Select(r => r with { Text = null }).ToArray(),
        MarketplaceSimulator.Stream(Small with { Texts = false }, new SeedTree(1)).ToArray());

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(1.0)]
    public void Stream_EveryPairAsked_GivesEveryPairOnce(double selection)
    {
        var options = Small with { Interactions = 80 * 60, SelectionBias = selection, PopularityBias = 2 };
        var pairs = MarketplaceSimulator.Stream(options, new SeedTree(1)).Select(r => (r.User * 60) + r.Item);
        CollectionAssert.AreEqual(Enumerable.Range(0, 80 * 60).ToArray(), pairs.Order().ToArray());
    }

    [TestMethod]
    public void Stream_ManyRows_KeepsNoRowInMemory()
    {
        var options = new SimulatorOptions { Users = 4_000, Items = 500, Interactions = 400_000, Texts = false };
        var seen = 0;
        var (first, last) = (0L, 0L);
        foreach (var _ in MarketplaceSimulator.Stream(options, new SeedTree(1)))
        {
            seen++;
            if (seen == 10_000)
            {
                first = GC.GetTotalMemory(forceFullCollection: true);
            }
            else if (seen == 390_000)
            {
                last = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        // 380,000 rows would take at least 32 bytes each: 12 MB.
        Assert.AreEqual(400_000, seen);
        Assert.IsLessThan(4_000_000, last - first);
    }

    [TestMethod]
    public void Stream_Cancelled_StopsAtTheNextUser()
    {
        using var cancellation = new CancellationTokenSource();
        var seen = 0;
        Assert.ThrowsExactly<OperationCanceledException>(() =>
        {
            foreach (var _ in MarketplaceSimulator.Stream(Small, new SeedTree(1), cancellation.Token))
            {
                seen++;
                cancellation.Cancel();
            }
        });
        Assert.IsLessThanOrEqualTo(60, seen);
    }

    [TestMethod]
    public void Generate_OptionOutOfRange_NamesTheKey()
    {
        var options = Small with { ActivityImbalance = 1, LabelNoise = -0.1 };
        var message = Assert.ThrowsExactly<InputException>(
            () => MarketplaceSimulator.Generate(options, new SeedTree(0))).Message;
        StringAssert.Contains(message, "simulator.activityImbalance");
        StringAssert.Contains(message, "simulator.labelNoise");
    }

    [TestMethod]
    public void Stream_MoreRowsThanPairs_SaysHowManyFit() => StringAssert.Contains(
        Assert.ThrowsExactly<InputException>(
            () => MarketplaceSimulator.Stream(Small with { Interactions = 4_801 }, new SeedTree(0))).Message,
        "at most 4800");

    private static double[] Numbers(Dataset data, string column) =>
        ((NumericColumn)data.Rows[column]).Values.ToArray();

    private static void AssertEqual(Table expected, Table actual)
    {
        foreach (var (left, right) in expected.Columns.Zip(actual.Columns))
        {
            CollectionAssert.AreEqual(
                ((CategoricalColumn)left).Codes.ToArray(), ((CategoricalColumn)right).Codes.ToArray());
        }
    }
}
