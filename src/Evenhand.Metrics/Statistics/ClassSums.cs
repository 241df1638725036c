namespace Evenhand.Metrics.Statistics;

/// <summary>The figures of a population by class: sums of weights of rows.</summary>
/// <remarks>Layout: the weight of all rows; of each class the rows that have it, the rows decided to have it, and those
/// of both; at the end figures of whole rows.</remarks>
internal readonly ref struct ClassSums
{
    /// <summary>Number of figures of whole rows.</summary>
    public const int RowFigures = 5;

    private readonly ReadOnlySpan<double> _sums;

    public ClassSums(ReadOnlySpan<double> sums)
    {
        _sums = sums;
        Count = (sums.Length - 1 - RowFigures) / 3;
    }

    /// <summary>Number of classes.</summary>
    public int Count { get; }

    /// <summary>All rows.</summary>
    public double Weight => _sums[0];

    /// <summary>Rows of each class.</summary>
    public ReadOnlySpan<double> Labels => _sums.Slice(1, Count);

    /// <summary>Rows decided to be of each class.</summary>
    public ReadOnlySpan<double> Decisions => _sums.Slice(1 + Count, Count);

    /// <summary>Rows of each class that are decided to be of it.</summary>
    public ReadOnlySpan<double> Correct => _sums.Slice(1 + (2 * Count), Count);

    /// <summary>A sum over rows; which, the statistic says.</summary>
    public double Row(int figure) => _sums[1 + (3 * Count) + figure];

    /// <summary>Number of figures of that many classes.</summary>
    public static int WidthOf(int classes) => 1 + (3 * classes) + RowFigures;

    public static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}
