namespace Evenhand.Metrics.Statistics;

/// <summary>The rows of each population in the order of their scores, for statistics that scan them so.</summary>
/// <param name="Rows">Rows, population after population, scores ascending within each.</param>
/// <param name="Starts">Place of each population's first row, and at the end the number of places.</param>
/// <param name="FirstPopulation">Number of the first of the populations.</param>
internal sealed record RowsByScore(int[] Rows, int[] Starts, int FirstPopulation)
{
    /// <summary>All rows, and then for each attribute the rows of its groups; a row stands in every group that it
    /// belongs to.</summary>
    public static RowsByScore[] Of(Frame frame, double[] scores)
    {
        var order = Order(scores);
        var all = new RowsByScore(order, [0, order.Length], 0);
        return [all, .. Enumerable.Range(0, frame.Populations.Attributes.Count)
            .Select(attribute => Partition(order, frame.Populations, attribute))];
    }

    /// <summary>All rows, scores ascending.</summary>
    public static int[] Order(double[] scores)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort((double[])scores.Clone(), order);
        return order;
    }

    // A stable counting sort by group keeps the order of the scores within each group.
    private static RowsByScore Partition(int[] order, Populations populations, int attribute)
    {
        var (codes, groups) = (populations.Attributes[attribute].Codes, populations.Attributes[attribute].Groups.Count);
        var starts = new int[groups + 1];
        foreach (var code in codes)
        {
            foreach (var group in populations.GroupsOf(attribute, code))
            {
                starts[group + 1]++;
            }
        }

        for (var group = 0; group < groups; group++)
        {
            starts[group + 1] += starts[group];
        }

        var next = starts[..^1];
        var rows = new int[starts[^1]];
        foreach (var row in order)
        {
            foreach (var group in populations.GroupsOf(attribute, codes[row]))
            {
                rows[next[group]++] = row;
            }
        }

        return new RowsByScore(rows, starts, populations.First[attribute]);
    }
}
