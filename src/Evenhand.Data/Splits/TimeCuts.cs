namespace Evenhand.Data.Splits;

/// <summary>The two cuts in time of a split by time.</summary>
internal static class TimeCuts
{
    /// <summary>Deals rows out by time; rows of one moment stay together, so parts never overlap in time.</summary>
    /// <param name="parts">Receives the part of each row.</param>
    /// <param name="times">Moment of each row.</param>
    /// <param name="order">The rows from the earliest to the latest.</param>
    /// <param name="train">Share of rows before the first cut.</param>
    /// <param name="validation">Share of rows between the cuts.</param>
    public static void Assign(
        Span<SplitPart> parts, ReadOnlySpan<double> times, ReadOnlySpan<int> order, double train, double validation)
    {
        var first = Boundary(times, order, train * order.Length);
        var second = Boundary(times, order, (train + validation) * order.Length);
        for (var position = 0; position < order.Length; position++)
        {
            parts[order[position]] = position < first ? SplitPart.Train
                : position < second ? SplitPart.Validation
                : SplitPart.Test;
        }
    }

    // The change of moment nearest to the wanted position; the earlier one of two that are as near.
    private static int Boundary(ReadOnlySpan<double> times, ReadOnlySpan<int> order, double wanted)
    {
        var low = (int)Math.Round(wanted);
        var high = low;
        while (low > 0 && low < order.Length && times[order[low - 1]] == times[order[low]])
        {
            low--;
        }

        while (high > 0 && high < order.Length && times[order[high - 1]] == times[order[high]])
        {
            high++;
        }

        return wanted - low <= high - wanted ? low : high;
    }
}
