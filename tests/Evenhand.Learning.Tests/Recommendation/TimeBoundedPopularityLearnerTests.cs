using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation.Popularity;
using Evenhand.Learning.Recommendation.TimeBoundedPopularity;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class TimeBoundedPopularityLearnerTests
{
    private const double Day = 86_400;

    // Ages in days: 10, 2, 1, 0 and one without a time.
    private static readonly Dataset Data = Rows(
        ["a", "b", "a", "c", "a"], [100 * Day, 108 * Day, 109 * Day, 110 * Day, double.NaN], [1, 1, 3, 1, 1]);

    [TestMethod]
    [DataRow(1000.0, new double[] { 4, 1, 1 })]
    [DataRow(10.0, new double[] { 4, 1, 1 })]
    [DataRow(9.9, new double[] { 3, 1, 1 })]
    [DataRow(0.5, new double[] { 0, 0, 1 })]
    public void Fit_Window_CountsWhatIsWithinIt(double days, double[] expected) =>
        CollectionAssert.AreEqual(expected, Counts(new TimeBoundedPopularityOptions { WindowDays = days }, Data));

    [TestMethod]
    public void Fit_HalfLife_CountsOlderRowsLess()
    {
        var counts = Counts(new TimeBoundedPopularityOptions { WindowDays = 10, HalfLifeDays = 2 }, Data);
        LinearSamples.AssertClose([Math.Pow(2, -5) + (3 * Math.Sqrt(0.5)), 0.5, 1], counts, 1e-12);
    }

    [TestMethod]
    public void Fit_NoTimes_SaysWhatToUse()
    {
        var without = new Dataset("timeless", new Table(Data.Rows.Columns.Where(c => c.Roles != ColumnRoles.Time)));
        var message = Assert.ThrowsExactly<InputException>(
            () => Counts(new TimeBoundedPopularityOptions(), without)).Message;
        Assert.Contains("role time", message);
        Assert.Contains("'popularity'", message);

        var empty = Rows(["a", "b"], [double.NaN, double.NaN], [1, 1]);
        Assert.Contains(
            "column 'time' of 'clicks' has none",
            Assert.ThrowsExactly<InputException>(() => Counts(new TimeBoundedPopularityOptions(), empty)).Message);
    }

    private static double[] Counts(TimeBoundedPopularityOptions options, Dataset data) =>
        ((PopularityModel)new TimeBoundedPopularityLearner(options).Fit(data, LinearSamples.Context))
            .Counts.ToArray();

    private static Dataset Rows(string[] items, double[] times, double[] weights) => new("clicks", new Table(
    [
        CategoricalColumn.FromValues("user", items.Select((_, row) => $"u{row}"), ColumnRoles.User),
        CategoricalColumn.FromValues("item", items, ColumnRoles.Item),
        new NumericColumn("time", times, ColumnRoles.Time),
        new NumericColumn("weight", weights, ColumnRoles.Weight),
    ]));
}
