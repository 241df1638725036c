using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Resampling;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Fairness;

/// <summary>The five unfairness measures of Yao and Huang 2017 (arXiv 1705.08804) for one attribute.</summary>
/// <remarks>
/// For each item rated by both sides, with e = mean prediction - mean label on each side:
/// value |e - e'|, absolute ||e| - |e'||, under |max(0, -e) - max(0, -e')|, over |max(0, e) - max(0, e')|, each
/// averaged over items; non-parity |mean prediction - mean prediction'| over all rows. The sides are a group and all
/// other groups; the worst such pair counts, which for two groups is the only one.
/// </remarks>
internal sealed class PreparedUnfairness : PreparedStatistic
{
    public const int Value = 0;
    public const int Absolute = 1;
    public const int Under = 2;
    public const int Over = 3;
    public const int NonParity = 4;
    public const int FigureCount = 5;

    private const int UnknownItem = -1;

    private readonly int _groups;
    private readonly int _items;

    // Number of the item that stands for all unknown ones, which counts for non-parity only; -1 where all are known.
    private readonly int _unknownItem;

    // Rows lie cell after cell, cell = item * groups + group; the first row of each cell, and at the end the number of
    // rows.
    private readonly int[] _starts;
    private readonly int[] _units;
    private readonly double[] _weights;
    private readonly double[] _predictions;
    private readonly double[] _labels;

    /// <summary>Arranges the rows.</summary>
    /// <param name="frame">The rows.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="counted">Whether each of its groups counts; rows of others are left out.</param>
    public PreparedUnfairness(Frame frame, GroupCodes attribute, bool[] counted)
    {
        var data = (RatingEvaluation)frame.Data;
        var slots = new int[counted.Length];
        for (var group = 0; group < counted.Length; group++)
        {
            slots[group] = counted[group] ? _groups++ : -1;
        }

        int[] rows = [.. Enumerable.Range(0, data.Count)
            .Where(row => attribute.Codes[row] is var code and >= 0 && counted[code])];
        var numbers = new Dictionary<int, int>();
        foreach (var row in rows)
        {
            numbers.TryAdd(Item(data, row), numbers.Count);
        }

        _items = numbers.Count;
        _unknownItem = numbers.GetValueOrDefault(UnknownItem, -1);
        var cells = Array.ConvertAll(
            rows, row => (numbers[Item(data, row)] * _groups) + slots[attribute.Codes[row]]);
        _starts = new int[(_items * _groups) + 1];
        foreach (var cell in cells)
        {
            _starts[cell + 1]++;
        }

        for (var cell = 1; cell < _starts.Length; cell++)
        {
            _starts[cell] += _starts[cell - 1];
        }

        var next = _starts[..^1];
        var sorted = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            sorted[next[cells[i]]++] = rows[i];
        }

        rows = sorted;
        _units = Array.ConvertAll(rows, frame.Units.UnitOf);
        _weights = Array.ConvertAll(rows, row => data.Weights?[row] ?? 1);
        _predictions = Array.ConvertAll(rows, row => data.Predictions[row]);
        _labels = Array.ConvertAll(rows, row => data.Labels[row]);
    }

    public override int Length => FigureCount;

    public override void Measure(Resample resample, Span<double> figures)
    {
        figures.Fill(double.NaN);
        if (_groups < 2)
        {
            return;
        }

        var sums = resample.Rent(_items * _groups * 3);
        SumByCell(resample.UnitWeights, sums);
        Span<double> pair = stackalloc double[FigureCount];

        // Of two groups each is the other's rest, and every measure is symmetric.
        for (var group = 0; group < (_groups == 2 ? 1 : _groups); group++)
        {
            Compare(group, sums, pair);
            for (var figure = 0; figure < pair.Length; figure++)
            {
                if (!(pair[figure] <= figures[figure]) && !double.IsNaN(pair[figure]))
                {
                    figures[figure] = pair[figure];
                }
            }
        }
    }

    private static int Item(RatingEvaluation data, int row) =>
        data.Items is { } items ? Math.Max(items[row], UnknownItem) : UnknownItem;

    private void SumByCell(ReadOnlySpan<double> drawn, Span<double> sums)
    {
        for (var cell = 0; cell + 1 < _starts.Length; cell++)
        {
            Side side = default;
            for (var i = _starts[cell]; i < _starts[cell + 1]; i++)
            {
                var weight = _weights[i] * drawn[_units[i]];
                side.Add(weight, weight * _predictions[i], weight * _labels[i]);
            }

            sums[3 * cell] = side.Weight;
            sums[(3 * cell) + 1] = side.Prediction;
            sums[(3 * cell) + 2] = side.Label;
        }
    }

    // One group against all others.
    private void Compare(int group, ReadOnlySpan<double> sums, Span<double> figures)
    {
        figures.Clear();
        Side own = default;
        Side rest = default;
        var ratedByBoth = 0;
        for (var item = 0; item < _items; item++)
        {
            Side ownItem = default;
            Side restItem = default;
            for (var other = 0; other < _groups; other++)
            {
                var cell = sums.Slice(3 * ((item * _groups) + other), 3);
                if (other == group)
                {
                    ownItem.Add(cell[0], cell[1], cell[2]);
                }
                else
                {
                    restItem.Add(cell[0], cell[1], cell[2]);
                }
            }

            own.Add(ownItem.Weight, ownItem.Prediction, ownItem.Label);
            rest.Add(restItem.Weight, restItem.Prediction, restItem.Label);
            if (item != _unknownItem && ownItem.Weight > 0 && restItem.Weight > 0)
            {
                var (e, f) = (ownItem.Error, restItem.Error);
                ratedByBoth++;
                figures[Value] += Math.Abs(e - f);
                figures[Absolute] += Math.Abs(Math.Abs(e) - Math.Abs(f));
                figures[Under] += Math.Abs(Math.Max(0, -e) - Math.Max(0, -f));
                figures[Over] += Math.Abs(Math.Max(0, e) - Math.Max(0, f));
            }
        }

        // 0 / 0, no item rated by both sides, is undefined.
        for (var figure = 0; figure < NonParity; figure++)
        {
            figures[figure] /= ratedByBoth;
        }

        figures[NonParity] = Math.Abs((own.Prediction / own.Weight) - (rest.Prediction / rest.Weight));
    }

    /// <summary>Weighted sums over the rows of one side.</summary>
    private struct Side
    {
        public double Weight;
        public double Prediction;
        public double Label;

        public readonly double Error => (Prediction - Label) / Weight;

        public void Add(double weight, double prediction, double label)
        {
            Weight += weight;
            Prediction += prediction;
            Label += label;
        }
    }
}
