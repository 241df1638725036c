using System.Buffers;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>The figures of <see cref="RocStatistic"/> for each class against the rest, class after class.</summary>
/// <param name="Classes">Number of classes; 0 until <see cref="For"/> says.</param>
internal sealed record ClassRocStatistic(int Classes) : Statistic
{
    private const int FiguresOfClass = 3;

    public static ClassRocStatistic Instance { get; } = new(0);

    public override int Width => FiguresOfClass * Classes;

    public override Statistic For(EvaluationData data) => new ClassRocStatistic(((ClassesEvaluation)data).ClassCount);

    public override PreparedStatistic Prepare(Frame frame)
    {
        var data = (ClassesEvaluation)frame.Data;
        var scans = new PreparedStatistic[Classes];
        for (var code = 0; code < Classes; code++)
        {
            frame.Options.CancellationToken.ThrowIfCancellationRequested();
            var (scores, labels) = (new double[data.Count], new int[data.Count]);
            for (var row = 0; row < labels.Length; row++)
            {
                scores[row] = data.Probabilities![(row * Classes) + code];
                labels[row] = data.Has(row, code) ? 1 : 0;
            }

            scans[code] = RocStatistic.Scan(frame, new ScoredRows(scores, labels, data.Weights));
        }

        return new PreparedClasses(scans);
    }

    private sealed class PreparedClasses(PreparedStatistic[] scans) : PreparedStatistic
    {
        public override int Length => scans.Sum(scan => scan.Length);

        public override void Measure(Resample resample, Span<double> figures)
        {
            var length = scans[0].Length;
            var room = ArrayPool<double>.Shared.Rent(length);
            var width = FiguresOfClass * scans.Length;
            for (var code = 0; code < scans.Length; code++)
            {
                var own = room.AsSpan(0, length);
                scans[code].Measure(resample, own);
                for (var population = 0; population < length / FiguresOfClass; population++)
                {
                    own.Slice(population * FiguresOfClass, FiguresOfClass)
                        .CopyTo(figures[((population * width) + (code * FiguresOfClass))..]);
                }
            }

            ArrayPool<double>.Shared.Return(room);
        }
    }
}
