using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>The rows of each population in the order of their scores, for statistics that scan them so: population
/// after population, scores ascending within each.</summary>
internal sealed class RowsByScore
{
    private readonly int[] _starts;
    private readonly int _firstPopulation;
    private readonly double[]? _weights;

    // 4 * unit + 2 * (the score is larger than the one before it) + label: one read a row.
    private readonly uint[] _scanned;

    private RowsByScore(Frame frame, ScoredRows data, int[] rows, double[] scores, int[] starts, int firstPopulation)
    {
        (_starts, _firstPopulation, Rows, Scores) = (starts, firstPopulation, rows, scores);
        _weights = data.Weights is { } weights ? Array.ConvertAll(rows, row => weights[row]) : null;
        _scanned = new uint[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var rises = i > 0 && scores[i] > scores[i - 1];
            _scanned[i] = (4 * (uint)frame.Units.UnitOf(rows[i])) + (rises ? 2u : 0) + (uint)data.Labels[rows[i]];
        }
    }

    /// <summary>Number of populations.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The rows' numbers.</summary>
    public int[] Rows { get; }

    /// <summary>Their scores.</summary>
    public double[] Scores { get; }

    /// <summary>All rows, and then for each attribute the rows of its groups; a row stands in every group that it
    /// belongs to.</summary>
    public static RowsByScore[] Of(Frame frame, ScoredRows data)
    {
        var order = Order(data.Scores, out var sorted);
        return
        [
            new RowsByScore(frame, data, order, sorted, [0, order.Length], 0),
            .. frame.Populations.Attributes.Select((_, attribute) =>
            {
                var places = Partition(order, frame.Populations, attribute, out var starts);
                return new RowsByScore(
                    frame,
                    data,
                    Array.ConvertAll(places, place => order[place]),
                    Array.ConvertAll(places, place => sorted[place]),
                    starts,
                    frame.Populations.First[attribute]);
            }),
        ];
    }

    /// <summary>Number of a population among all.</summary>
    public int NumberOf(int population) => _firstPopulation + population;

    /// <summary>Places of a population's rows.</summary>
    public Range PlacesOf(int population) => _starts[population].._starts[population + 1];

    /// <summary>A population's rows: bit 1 is set where the score is larger than the one before it, bit 0 is the
    /// label.</summary>
    public ReadOnlySpan<uint> RowsOf(int population) => _scanned.AsSpan(PlacesOf(population));

    /// <summary>Weights of a population's rows in a resample: times drawn, times weight. The next call may overwrite
    /// them.</summary>
    /// <remarks>Of all rows, whose units lie anywhere, they are gathered once for all that ask.</remarks>
    public ReadOnlySpan<double> WeightsOf(int population, Resample resample)
    {
        var rows = RowsOf(population);
        var areAll = _firstPopulation == 0;
        if (!areAll)
        {
            var room = resample.Rent(rows.Length);
            Gather(rows, _starts[population], resample.UnitWeights, room);
            return room;
        }

        if (!resample.Recall(this, rows.Length, out var kept))
        {
            Gather(rows, 0, resample.UnitWeights, kept);
        }

        return kept;
    }

    private void Gather(ReadOnlySpan<uint> rows, int start, ReadOnlySpan<double> drawn, Span<double> weights)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            weights[i] = drawn[(int)(rows[i] >> 2)];
        }

        for (var i = 0; _weights is not null && i < rows.Length; i++)
        {
            weights[i] *= _weights[start + i];
        }
    }

    // Rows, scores ascending.
    private static int[] Order(double[] scores, out double[] sorted)
    {
        var order = new int[scores.Length];
        for (var row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }

        sorted = (double[])scores.Clone();
        Array.Sort(sorted, order);
        return order;
    }

    // Places in the order, by group. A stable counting sort keeps the order of the scores within each group.
    private static int[] Partition(int[] order, Populations populations, int attribute, out int[] starts)
    {
        var (codes, groups) = (populations.Attributes[attribute].Codes, populations.Attributes[attribute].Groups.Count);
        starts = new int[groups + 1];
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
        var places = new int[starts[^1]];
        for (var place = 0; place < order.Length; place++)
        {
            foreach (var group in populations.GroupsOf(attribute, codes[order[place]]))
            {
                places[next[group]++] = place;
            }
        }

        return places;
    }
}

/// <summary>What rows are sorted by, and what is counted of them.</summary>
/// <param name="Scores">Scores.</param>
/// <param name="Labels">1 of a positive, else 0.</param>
/// <param name="Weights">Weights; null where all are 1.</param>
internal sealed record ScoredRows(double[] Scores, int[] Labels, double[]? Weights);
