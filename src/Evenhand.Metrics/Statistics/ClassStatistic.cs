using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>Sums by class, laid out as <see cref="ClassSums"/> says.</summary>
/// <remarks>A row adds to a few figures, however many classes there are, so resamples sum over these only.</remarks>
/// <param name="Classes">Number of classes; 0 until <see cref="For"/> says.</param>
internal abstract record ClassStatistic(int Classes) : AdditiveStatistic
{
    public sealed override int Width => ClassSums.WidthOf(Classes);

    public sealed override Statistic For(EvaluationData data) =>
        this with { Classes = ((ClassesEvaluation)data).ClassCount };

    public sealed override void Contribute(EvaluationData data, int start, int count, Span<double> target)
    {
        target.Clear();
        var entries = new (int Figure, double Value)[Width];
        for (var i = 0; i < count; i++)
        {
            foreach (var (figure, value) in Entries(data, start + i, entries))
            {
                target[(figure * count) + i] = value;
            }
        }
    }

    public sealed override PreparedStatistic Prepare(Frame frame) => new PreparedClasses(this, frame);

    /// <summary>The figures that a row adds to, each once.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="row">The row.</param>
    /// <param name="room">Room for <see cref="Width"/> entries.</param>
    protected abstract ReadOnlySpan<(int Figure, double Value)> Entries(
        EvaluationData data, int row, Span<(int Figure, double Value)> room);

    /// <summary>Place of the first figure of whole rows.</summary>
    protected int FirstRowFigure => 1 + (3 * Classes);

    private sealed class PreparedClasses : PreparedStatistic
    {
        private readonly Populations _populations;
        private readonly int _width;
        private readonly SparseSums _sums;

        public PreparedClasses(ClassStatistic statistic, Frame frame)
        {
            _populations = frame.Populations;
            _width = statistic.Width;
            _sums = new SparseSums(_populations.AtomCount * _width);
            var room = new (int, double)[_width];
            for (var row = 0; row < frame.Data.Count; row++)
            {
                if (row % 8192 == 0)
                {
                    frame.Options.CancellationToken.ThrowIfCancellationRequested();
                }

                var first = (_populations.Codes[row] + _populations.Offset) * _width;
                foreach (var (figure, value) in statistic.Entries(frame.Data, row, room))
                {
                    _sums.Add(first + figure, value);
                }

                _sums.EndRow(frame.Units.UnitOf(row));
            }
        }

        public override int Length => _populations.Count * _width;

        public override void Measure(Resample resample, Span<double> figures)
        {
            var atoms = resample.Rent(_populations.AtomCount * _width);
            _sums.Sum(resample, atoms);
            _populations.Fold(atoms, _width, figures);
        }
    }
}
