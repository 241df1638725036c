using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Resampling;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Fairness;

/// <summary>Means over the rows with counterfactuals of how often decisions flip and how far scores move.</summary>
internal sealed class PreparedCounterfactuals : PreparedStatistic
{
    public const int FlipRate = 0;
    public const int Gap = 1;
    private const int FigureCount = 2;

    // Of the rows with counterfactuals.
    private readonly int[] _units;
    private readonly double[] _weights;
    private readonly double[] _flips;
    private readonly double[] _changes;

    public PreparedCounterfactuals(Frame frame, CounterfactualChanges changes)
    {
        var weights = frame.Data.RowWeights;
        int[] rows = [.. Enumerable.Range(0, frame.Data.Count).Where(row => !double.IsNaN(changes.Flips[row]))];
        _units = Array.ConvertAll(rows, frame.Units.UnitOf);
        _weights = Array.ConvertAll(rows, row => weights is null ? 1 : weights[row]);
        _flips = Array.ConvertAll(rows, row => changes.Flips[row]);
        _changes = Array.ConvertAll(rows, row => changes.Changes[row]);
    }

    public override int Length => FigureCount;

    public override void Measure(Resample resample, Span<double> figures)
    {
        var drawn = resample.UnitWeights;
        var (total, flips, changes) = (0.0, 0.0, 0.0);
        for (var i = 0; i < _units.Length; i++)
        {
            var weight = _weights[i] * drawn[_units[i]];
            total += weight;
            flips += weight * _flips[i];
            changes += weight * _changes[i];
        }

        // 0 / 0, no row with a term, is undefined.
        figures[FlipRate] = flips / total;
        figures[Gap] = changes / total;
    }
}
