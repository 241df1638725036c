using Evenhand.Configuration.Randomness;
using Evenhand.Learning.Mitigations.In;
using Evenhand.Learning.Mitigations.In.FairnessRegularizer;
using Evenhand.Learning.Mitigations.In.GroupDro;

namespace Evenhand.Learning.Tests.Mitigation;

[TestClass]
public sealed class RatingAdjustmentTests
{
    private const int Items = 6;

    public static IEnumerable<object[]> Measures =>
        Enum.GetValues<Unfairness>().SelectMany(unfairness => new object[][] { [unfairness, 2], [unfairness, 3] });

    [TestMethod]
    [DynamicData(nameof(Measures))]
    public void Measure_Gradient_EqualsFiniteDifferences(Unfairness unfairness, int groups)
    {
        var pull = new UnfairnessPull(unfairness, 1);
        var predictions = Draw(60, 1);
        var gradient = new double[Items * groups];
        pull.Measure(Cells(predictions, groups), gradient);
        for (var row = 0; row < predictions.Length; row += 7)
        {
            const double Step = 1e-6;
            var (more, less) = (predictions.ToArray(), predictions.ToArray());
            more[row] += Step;
            less[row] -= Step;
            var expected = (pull.Measure(Cells(more, groups), new double[gradient.Length])
                - pull.Measure(Cells(less, groups), new double[gradient.Length])) / (2 * Step);

            Assert.AreEqual(expected, Weight(row) * gradient[Cell(row, groups)], 1e-7, $"row {row}");
        }
    }

    [TestMethod]
    public void Measure_ValueOfOneItem_IsTheDifferenceOfMeanErrors()
    {
        var cells = new RatingCells(1, 2);
        cells.Add(0, 1, prediction: 4, label: 2);
        cells.Add(0, 1, prediction: 1, label: 2);
        cells.Add(1, 1, prediction: 1, label: 3);

        // Mean errors 0.5 and -2; smoothed by 0.05.
        Assert.AreEqual(
            Math.Sqrt((2.5 * 2.5) + 0.0025) - 0.05,
            new UnfairnessPull(Unfairness.Value, 1).Measure(cells, new double[2]),
            1e-12);
    }

    [TestMethod]
    public void Adjust_Unfairness_PullsAgainstTheGradient()
    {
        var cells = new RatingCells(1, 2);
        cells.Add(0, 1, prediction: 0.5, label: 0);
        cells.Add(1, 1, prediction: -0.5, label: 0);
        var (pulls, factors) = (new double[2], new double[2]);

        new UnfairnessPull(Unfairness.NonParity, 0.5).Adjust(cells, pulls, factors);

        // W = 2, dU/dy = slope / 1 with slope 1 / sqrt(1 + 0.0025): pull -2/2 * 0.5 * slope.
        var slope = 1 / Math.Sqrt(1.0025);
        Assert.AreEqual(-0.5 * slope, pulls[0], 1e-12);
        Assert.AreEqual(0.5 * slope, pulls[1], 1e-12);
        CollectionAssert.AreEqual(new double[] { 1, 1 }, factors);
    }

    [TestMethod]
    public void Adjust_GroupAscent_FollowsTheExponentiatedGradient()
    {
        // Three ratings of group 0 with loss 1, one of group 1 with loss 4.
        var cells = new RatingCells(1, 2);
        cells.Add(0, 3, prediction: 1, label: 0);
        cells.Add(1, 1, prediction: 2, label: 0);
        var ascent = new GroupAscent(0.25);
        var (pulls, factors) = (new double[2], new double[2]);

        ascent.Adjust(cells, pulls, factors);

        // q = (3/4 e^.25, 1/4 e) / sum; factors q / share.
        var sum = (0.75 * Math.Exp(0.25)) + (0.25 * Math.E);
        Assert.AreEqual(Math.Exp(0.25) / sum, factors[0], 1e-12);
        Assert.AreEqual(Math.E / sum, factors[1], 1e-12);
        ascent.Adjust(cells, pulls, factors);
        sum = (0.75 * Math.Exp(0.5)) + (0.25 * Math.Exp(2));
        Assert.AreEqual(Math.Exp(2) / sum, factors[1], 1e-12);
    }

    private static double[] Draw(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];
    }

    // Labels are 0; a row's item and group follow from its number, with some items missing in a group.
    private static RatingCells Cells(double[] predictions, int groups)
    {
        var cells = new RatingCells(Items, groups);
        for (var row = 0; row < predictions.Length; row++)
        {
            cells.Add(Cell(row, groups), Weight(row), predictions[row], 0);
        }

        return cells;
    }

    private static int Cell(int row, int groups)
    {
        var item = row % Items;
        return (item * groups) + (item == 5 ? 0 : row / Items % groups);
    }

    private static double Weight(int row) => 1 + (row % 4);
}
