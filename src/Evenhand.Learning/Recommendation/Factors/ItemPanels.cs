namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>The items of a <see cref="FactorModel"/>, laid out for scoring: panels of <see cref="Width"/> items, in
/// each their biases and then one factor after the other.</summary>
/// <remarks>Behind the last item a panel is filled up with items that score negative infinity.</remarks>
internal sealed unsafe class ItemPanels
{
    /// <summary>Items in a panel: three vectors of 16, or six of 8.</summary>
    public const int Width = 48;

    // A row holds one number for each item of a panel.
    private readonly FactorTable _rows;

    private ItemPanels(FactorTable rows, int items, int rank)
    {
        _rows = rows;
        Items = items;
        Rank = rank;
    }

    public int Items { get; }

    public int Rank { get; }

    public int Count => _rows.Rows / (Rank + 1);

    /// <summary>The biases of a panel; factor f follows at <c>(f + 1) * Width</c>. Valid as long as this object is
    /// reachable.</summary>
    public float* this[int panel] => _rows.Pointer + ((long)panel * (Rank + 1) * Width);

    public static ItemPanels Of(FactorSide side, int items)
    {
        var count = (items + Width - 1) / Width;
        var rank = side.Rank;
        var rows = new FactorTable(checked(count * (rank + 1)), Width);
        for (var panel = 0; panel < count; panel++)
        {
            var first = panel * (rank + 1);
            rows[first].Fill(float.NegativeInfinity);
            for (var lane = 0; lane < Width && (panel * Width) + lane < items; lane++)
            {
                var item = (panel * Width) + lane;
                var factors = side.FactorsOf(item);
                rows[first][lane] = (float)side.BiasOf(item);
                for (var factor = 0; factor < rank; factor++)
                {
                    rows[first + 1 + factor][lane] = factors[factor];
                }
            }
        }

        return new ItemPanels(rows, items, rank);
    }
}
