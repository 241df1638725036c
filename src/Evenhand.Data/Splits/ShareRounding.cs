namespace Evenhand.Data.Splits;

/// <summary>Turns shares of each cell into whole rows.</summary>
/// <remarks>
/// <para>Systematic sampling (Madow 1949): the parts of a cell of n rows lie end to end on [0, n), and each gets the
/// whole numbers that fall on it once the line is shifted by u in [0, 1). So a part gets its share rounded down or up
/// (off by less than one row) and, u being uniform, exactly its share on average: every row is as likely to be tested
/// as any other, however small its cell. Rounding to the nearest would starve small parts: with four rows a cell and
/// shares 0.8, 0.1 and 0.1 nothing would ever be tested.</para>
/// <para>The shifts of successive cells step by the golden ratio, whose multiples spread evenly over [0, 1): over many
/// cells of one size, those that are rounded up balance those that are rounded down.</para>
/// </remarks>
/// <param name="train">Share of the train part.</param>
/// <param name="validation">Share of the validation part.</param>
/// <param name="start">Shift of the first cell: uniform in [0, 1).</param>
internal sealed class ShareRounding(double train, double validation, double start)
{
    private const double GoldenStep = 0.618_033_988_749_894_9;

    // Products such as 0.1 * 30 land beside the whole number by a few units in the last place.
    private const double Tolerance = 1e-9;

    private double _shift = start;

    /// <summary>The counts of the next cell; they add up to <paramref name="rows"/>.</summary>
    public PartCounts Next(int rows)
    {
        var first = Cut(train * rows);
        var second = Cut((train + validation) * rows);
        _shift = (_shift + GoldenStep) % 1;
        return new PartCounts(first, second - first, rows - second);
    }

    private int Cut(double position)
    {
        var whole = Math.Round(position);
        return (int)Math.Ceiling((Math.Abs(position - whole) < Tolerance ? whole : position) - _shift);
    }
}
