using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Samplers;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Tuning.Tests.Objectives;

[TestClass]
public sealed class ParetoFrontTests
{
    // Few distinct values, so that ties and equal points are common.
    private static readonly Gen<double[][]> Points =
        from coordinates in Gen.Choose(1, 4)
        from count in Gen.Choose(0, 30)
        from points in Gen.Choose(0, 6).Select(value => (double)value).ArrayOf(coordinates).ArrayOf(count)
        select points;

    [TestMethod]
    public void Members_AnyPoints_AreThoseThatNoPointDominates() => Prop.ForAll(Points.ToArbitrary(), points =>
    {
        var expected = points.Select(point => !points.Any(other => DominatesByDefinition(other, point))).ToArray();
        CollectionAssert.AreEqual(expected, ParetoFront.Members(points));
    }).Check(Checks.Config);

    [TestMethod]
    public void Ranks_AnyPoints_AreThoseOfRepeatedPeeling() => Prop.ForAll(Points.ToArbitrary(), points =>
    {
        var expected = new int[points.Length];
        var left = Enumerable.Range(0, points.Length).ToList();
        for (var rank = 0; left.Count > 0; rank++)
        {
            var front = left.Where(i => !left.Exists(j => DominatesByDefinition(points[j], points[i]))).ToArray();
            foreach (var member in front)
            {
                expected[member] = rank;
            }

            left.RemoveAll(front.Contains);
        }

        CollectionAssert.AreEqual(expected, ParetoFront.Ranks(points));
    }).Check(Checks.Config);

    [TestMethod]
    public void Members_PointWithNaN_IsNone()
    {
        double[][] points = [[double.NaN, 0], [1, 1], [2, double.NaN], [2, 2]];
        CollectionAssert.AreEqual(new[] { false, true, false, false }, ParetoFront.Members(points));
        CollectionAssert.AreEqual(new[] { int.MaxValue, 0, int.MaxValue, 1 }, ParetoFront.Ranks(points));
    }

    [TestMethod]
    public void Members_LengthsDiffer_Throws() =>
        Assert.ThrowsExactly<ArgumentException>(() => ParetoFront.Members([[1, 2], [1]]));

    [TestMethod]
    public void Hypervolume_Zdt1Front_ApproachesTheIntegral()
    {
        // f2 = 1 - sqrt(f1) over [0, 1], reference (1.1, 1.1): 1.21 - integral of (1 - sqrt(f1)) = 1.21 - 1/3. A
        // staircase of n points misses at most the sum of its steps' areas, which is below 1/n.
        const int Count = 100_000;
        var front = Enumerable.Range(0, Count + 1).Select(i => i / (double)Count).Select(f =>
            new[] { f, 1 - Math.Sqrt(f) });
        Assert.AreEqual(1.21 - (1d / 3), ParetoFront.Hypervolume(front, [1.1, 1.1]), 1e-5);
    }

    [TestMethod]
    public void Hypervolume_Dtlz2Front_ApproachesTheIntegral()
    {
        // The eighth of the unit ball in front of reference (1, 1, 1) is not dominated: 1 - pi/6.
        const int Count = 60;
        var angles = Enumerable.Range(0, Count + 1).Select(i => i * Math.PI / 2 / Count).ToArray();
        var front = angles.SelectMany(a => angles.Select(b => new[]
        {
            Math.Cos(a) * Math.Cos(b), Math.Cos(a) * Math.Sin(b), Math.Sin(a),
        }));
        var volume = ParetoFront.Hypervolume(front, [1, 1, 1]);
        Assert.AreEqual(1 - (Math.PI / 6), volume, 0.02);
        Assert.IsLessThan(1 - (Math.PI / 6), volume);
    }

    [TestMethod]
    public void Hypervolume_WorkedByHand_Agrees()
    {
        // Boxes 3x1, 2x2 and 1x3 in the corner (4, 4) overlap in steps: 3 + 2 + 1 = 6.
        Assert.AreEqual(6, ParetoFront.Hypervolume([[1, 3], [2, 2], [3, 1], [3, 3], [9, 0]], [4, 4]));
        Assert.AreEqual(0, ParetoFront.Hypervolume([], [4, 4]));
        Assert.AreEqual(0, ParetoFront.Hypervolume([[4, 0], [double.NaN, 0]], [4, 4]));
        Assert.AreEqual(3, ParetoFront.Hypervolume([[1], [2]], [4]));
        Assert.ThrowsExactly<ArgumentException>(() => ParetoFront.Hypervolume([[1, 2, 3]], [4, 4]));
    }

    [TestMethod]
    public void Hypervolume_WholeNumbers_IsTheNumberOfDominatedCells() => Prop.ForAll(Points.ToArbitrary(), points =>
    {
        // With whole coordinates below the reference the volume is a number of unit cells, which can be counted.
        const int Reference = 7;
        var coordinates = points.Length == 0 ? 2 : points[0].Length;
        var cells = 0;
        for (var code = 0; code < Math.Pow(Reference, coordinates); code++)
        {
            var cell = Enumerable.Range(0, coordinates).Select(i =>
                code / (int)Math.Pow(Reference, i) % Reference).ToArray();
            cells += points.Any(point => point.Zip(cell).All(pair => pair.First <= pair.Second)) ? 1 : 0;
        }

        var reference = Enumerable.Repeat((double)Reference, coordinates).ToArray();
        Assert.AreEqual(cells, ParetoFront.Hypervolume(points, reference), 1e-9);
    }).Check(Checks.Config.WithMaxTest(60));

    [TestMethod]
    public void Choose_HypervolumeSubset_IsGreedyStepByStep()
    {
        var points = Gen.Choose(0, 50).Select(x => (double)x).ArrayOf(2).ArrayOf(25);
        Prop.ForAll(points.ToArbitrary(), drawn =>
        {
            var members = ParetoFront.Members(drawn);
            var front = drawn.Where((_, index) => members[index]).ToArray();
            var count = (front.Length + 1) / 2;
            var chosen = HypervolumeSubset.Choose(front, count);
            Assert.HasCount(count, chosen.Distinct());
            if (count == front.Length)
            {
                return;
            }

            var reference = Enumerable.Range(0, 2).Select(i => Worst(front.Select(p => p[i]).ToArray())).ToArray();
            for (var step = 1; step <= count; step++)
            {
                var before = chosen.Take(step - 1).Select(i => front[i]).ToList();
                var best = front.Max(point => ParetoFront.Hypervolume(before.Append(point), reference));
                var reached = ParetoFront.Hypervolume(before.Append(front[chosen[step - 1]]), reference);
                Assert.AreEqual(best, reached, 1e-9);
            }
        }).Check(Checks.Config);

        static double Worst(double[] values) =>
            values.Max() + (values.Max() > values.Min() ? 0.1 * (values.Max() - values.Min()) : 1);
    }

    private static bool DominatesByDefinition(double[] first, double[] second) =>
        first.Zip(second).All(pair => pair.First <= pair.Second)
            && first.Zip(second).Any(pair => pair.First < pair.Second);
}
