using System.Runtime.CompilerServices;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>Sums over rows of w, w (p - y), w (p - y)^2, and w (p - y) for each of <see cref="Bins"/> bins of equal
/// width, where p is the score and y the label.</summary>
internal sealed record CalibrationStatistic : AdditiveStatistic
{
    /// <summary>Number of bins: bin b holds b / 10 &lt;= p &lt; (b + 1) / 10, the last one also p = 1.</summary>
    public const int Bins = 10;

    public const int Weight = 0;
    public const int Error = 1;
    public const int SquaredError = 2;
    public const int FirstBin = 3;

    public static CalibrationStatistic Instance { get; } = new();

    public override int Width => FirstBin + Bins;

    public override void Contribute(EvaluationData data, int start, int count, Span<double> target)
    {
        var classification = (ClassificationEvaluation)data;
        target.Clear();
        for (var i = 0; i < count; i++)
        {
            var row = start + i;
            var weight = classification.Weights?[row] ?? 1;
            var (error, bin) = Of(classification, row);
            target[i] = weight;
            target[(Error * count) + i] = weight * error;
            target[(SquaredError * count) + i] = weight * error * error;
            target[((FirstBin + bin) * count) + i] = weight * error;
        }
    }

    /// <summary>An error and a bin a row instead of a column a bin, where rows are units of their own.</summary>
    public override PreparedStatistic Prepare(Frame frame) =>
        frame.Data.Units is null ? new PreparedErrors(frame) : base.Prepare(frame);

    private static (double Error, int Bin) Of(ClassificationEvaluation data, int row)
    {
        // A score outside [0, 1] is no probability: the figures are undefined.
        var score = Probability.Of(data.Scores![row]);
        return (score - data.Labels[row], double.IsNaN(score) ? 0 : Math.Min((int)(score * Bins), Bins - 1));
    }

    private sealed class PreparedErrors : PreparedStatistic
    {
        private readonly Frame _frame;

        // By entry.
        private readonly double[]? _weights;
        private readonly double[] _errors;
        private readonly byte[] _bins;

        public PreparedErrors(Frame frame)
        {
            var data = (ClassificationEvaluation)frame.Data;
            _frame = frame;
            _weights = data.Weights is null ? null : new double[data.Count];
            (_errors, _bins) = (new double[data.Count], new byte[data.Count]);
            for (var row = 0; row < data.Count; row++)
            {
                var (entry, (error, bin)) = (frame.Units.EntryOfRow[row], Of(data, row));
                (_errors[entry], _bins[entry]) = (error, (byte)bin);
                if (_weights is not null)
                {
                    _weights[entry] = data.Weights![row];
                }
            }
        }

        public override int Length => _frame.Populations.Count * (FirstBin + Bins);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Measure(Resample resample, Span<double> figures)
        {
            const int width = FirstBin + Bins;
            var atoms = resample.Rent(_frame.Populations.AtomCount * width);
            atoms.Clear();
            var starts = _frame.Units.AtomStarts;
            var drawn = resample.EntryWeights;
            for (var atom = 0; atom + 1 < starts.Length; atom++)
            {
                var own = atoms.Slice(atom * width, width);
                for (var entry = starts[atom]; entry < starts[atom + 1]; entry++)
                {
                    var weight = drawn[entry] * (_weights is null ? 1 : _weights[entry]);
                    var error = weight * _errors[entry];
                    own[Weight] += weight;
                    own[Error] += error;
                    own[SquaredError] += error * _errors[entry];
                    own[FirstBin + _bins[entry]] += error;
                }
            }

            _frame.Populations.Fold(atoms, width, figures);
        }
    }
}
