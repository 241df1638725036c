using Evenhand.Experiments.Leaderboards;

namespace Evenhand.Experiments.Tests.Leaderboards;

[TestClass]
public sealed class ParetoLineTests
{
    // Drawn by hand: (1, 5) and (3, 2) and (6, 1) bound the rest; (3, 4) and (4, 3) lie behind (3, 2).
    private static readonly (double, double)[] Points =
        [(6, 1), (4, 3), (1, 5), (3, 4), (3, 2), (double.NaN, 0), (3, 2)];

    [TestMethod]
    public void Of_BothSmallerBetter_KeepsTheLowerLeftCorners()
    {
        Assert.AreSequenceEqual([(1.0, 5.0), (3.0, 2.0), (6.0, 1.0)], ParetoLine.Of(Points, false, false));
    }

    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(true, true)]
    public void Of_DirectionReversed_IsTheMirrorImage(bool maximizeX, bool maximizeY)
    {
        (double X, double Y) Mirror((double X, double Y) p) => (maximizeX ? -p.X : p.X, maximizeY ? -p.Y : p.Y);
        var mirrored = ParetoLine.Of(Points.Select(Mirror), maximizeX, maximizeY);
        Assert.AreSequenceEqual(
            ParetoLine.Of(Points, false, false).Select(Mirror).OrderBy(p => p.X), mirrored);
    }

    [TestMethod]
    public void Of_NoPoints_IsEmpty()
    {
        Assert.IsEmpty(ParetoLine.Of([], true, false));
    }
}
