namespace Evenhand.Learning.Explanations;

/// <summary>Shares what a piece of a text is worth among the tokens over which it lies.</summary>
internal static class TokenShares
{
    /// <summary>Adds equal shares of a value to the tokens that have characters in common with a span.</summary>
    /// <param name="values">Of the tokens.</param>
    /// <param name="tokens">Ascending, without overlap.</param>
    /// <param name="start">Start of the span.</param>
    /// <param name="end">End of the span.</param>
    /// <param name="value">What is shared.</param>
    /// <returns>False where there is no such token; nothing is added then.</returns>
    public static bool Add(double[] values, List<(int Start, int End)> tokens, int start, int end, double value)
    {
        // The first token that ends behind the start.
        var (first, behind) = (0, tokens.Count);
        while (first < behind)
        {
            var middle = (first + behind) / 2;
            (first, behind) = tokens[middle].End > start ? (first, middle) : (middle + 1, behind);
        }

        var last = first;
        while (last < tokens.Count && tokens[last].Start < end)
        {
            last++;
        }

        for (var token = first; token < last; token++)
        {
            values[token] += value / (last - first);
        }

        return last > first;
    }
}
