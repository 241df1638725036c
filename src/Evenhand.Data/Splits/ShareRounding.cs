namespace Evenhand.Data;

/// <summary>Turns shares of each cell into whole rows.</summary>
/// <remarks>
/// Controlled rounding (Cox 1987): in every cell each part gets its share rounded down or up, so it is off by less than
/// one row; who is rounded up is the part that is furthest behind over all cells so far. Rounding each cell by itself
/// would starve the small parts where cells are small: with four rows a cell and shares 0.8, 0.1, 0.1 nothing would
/// ever be tested.
/// </remarks>
internal sealed class ShareRounding(double train, double validation, double test)
{
    // Products such as 0.1 * 30 land beside the whole number by a few units in the last place.
    private const double Tolerance = 1e-9;

    private readonly double[] _shares = [train, validation, test];
    private readonly double[] _behind = new double[3];

    /// <summary>The counts of the next cell; they add up to <paramref name="rows"/>.</summary>
    public PartCounts Next(int rows)
    {
        Span<int> counts = stackalloc int[3];
        Span<bool> open = stackalloc bool[3];
        var left = rows;
        for (var part = 0; part < 3; part++)
        {
            var exact = _shares[part] * rows;
            counts[part] = (int)Math.Floor(exact + Tolerance);
            open[part] = exact - counts[part] > Tolerance;
            _behind[part] += exact - counts[part];
            left -= counts[part];
        }

        for (; left > 0; left--)
        {
            var next = FurthestBehind(open);
            counts[next]++;
            _behind[next]--;
            open[next] = false;
        }

        return new PartCounts(counts[0], counts[1], counts[2]);
    }

    private int FurthestBehind(ReadOnlySpan<bool> open)
    {
        var best = -1;
        for (var part = 0; part < 3; part++)
        {
            if (open[part] && (best < 0 || _behind[part] > _behind[best]))
            {
                best = part;
            }
        }

        return Math.Max(best, 0);
    }
}
