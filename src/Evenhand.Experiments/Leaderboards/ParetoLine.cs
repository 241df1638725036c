namespace Evenhand.Experiments.Leaderboards;

/// <summary>The corner points of the step line that bounds what trials reach on two axes.</summary>
internal static class ParetoLine
{
    /// <summary>The points that no other beats on both axes, in the order of x; points with an undefined figure are
    /// left out, and of equal points one stays.</summary>
    public static IReadOnlyList<(double X, double Y)> Of(
        IEnumerable<(double X, double Y)> points, bool maximizeX, bool maximizeY)
    {
        var (signX, signY) = (maximizeX ? -1 : 1, maximizeY ? -1 : 1);
        var front = new List<(double X, double Y)>();
        foreach (var point in points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y))
            .OrderBy(p => signX * p.X).ThenBy(p => signY * p.Y))
        {
            if (front.Count == 0 || signY * point.Y < signY * front[^1].Y)
            {
                front.Add(point);
            }
        }

        if (maximizeX)
        {
            front.Reverse();
        }

        return front;
    }
}
