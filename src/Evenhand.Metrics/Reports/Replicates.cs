using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Resampling;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Reports;

/// <summary>Draws resamples one after the other and keeps the figures of the latest. One for each thread.</summary>
internal abstract class Replicates
{
    /// <summary>Resamples fall into so many blocks, for any number of threads: what is summed within blocks, and then
    /// over them, has the same bits.</summary>
    public const int BlockCount = 16;

    /// <summary>Draws the next resample.</summary>
    public abstract void Draw(SeededRandom random);

    /// <summary>The latest resample's figures of a statistic, by its place in the list that was given.</summary>
    public abstract ReadOnlySpan<double> Figures(int statistic);

    /// <summary>Draws resamples 0 .. count - 1, each from its own seeds, and hands each on.</summary>
    /// <param name="options">Number of resamples, seeds, threads, progress and cancellation.</param>
    /// <param name="create">Makes what one thread draws with.</param>
    /// <param name="take">Gets the number of the block, the number of the resample and its figures. Blocks are taken by
    /// many threads, the resamples of a block one after the other.</param>
    public static void Run<T>(GroupReportOptions options, Func<T> create, Action<int, int, T> take)
        where T : Replicates
    {
        var seeds = options.Seeds.Fork("bootstrap");
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Threads,
            CancellationToken = options.CancellationToken,
        };
        var done = 0;
        Parallel.For(0, BlockCount, parallel, create, (block, _, replicates) =>
        {
            for (var number = block; number < options.BootstrapSamples; number += BlockCount)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                replicates.Draw(seeds.Fork(number.ToString(CultureInfo.InvariantCulture)).CreateRandom());
                take(block, number, replicates);
                options.Progress?.Invoke(
                    new WorkProgress(Interlocked.Increment(ref done), options.BootstrapSamples, "resamples"));
            }

            return replicates;
        }, _ => { });
    }
}

/// <summary>Resamples units, and measures any statistics on each resample.</summary>
internal sealed class UnitReplicates(UnitIndex index, IReadOnlyList<PreparedStatistic> statistics) : Replicates
{
    private readonly Resample _resample = new(index);
    private readonly double[][] _figures = [.. statistics.Select(s => new double[s.Length])];

    public override void Draw(SeededRandom random)
    {
        _resample.Draw(random);
        Measure();
    }

    /// <summary>Measures the latest resample; before the first is drawn, the data as they are.</summary>
    public void Measure()
    {
        for (var i = 0; i < _figures.Length; i++)
        {
            statistics[i].Measure(_resample, _figures[i]);
        }
    }

    public override ReadOnlySpan<double> Figures(int statistic) => _figures[statistic];

    /// <summary>The same as <see cref="Figures"/>; the next draw overwrites it.</summary>
    public ReadOnlyMemory<double> FiguresOf(int statistic) => _figures[statistic];
}

/// <summary>Resamples the cells of a table of counts. Equal in distribution to resampling the rows: n rows drawn with
/// replacement fall into cells as a multinomial draw with the cells' shares, here by conditional binomials.</summary>
internal sealed class CellReplicates(Populations populations, double[] counts, int width) : Replicates
{
    private readonly double _total = counts.Sum();
    private readonly double[] _drawn = new double[counts.Length];
    private readonly double[] _figures = new double[populations.Count * width];

    public override void Draw(SeededRandom random)
    {
        var (left, mass) = ((long)_total, _total);
        for (var cell = 0; cell < counts.Length; cell++)
        {
            var drawn = mass > 0 ? Binomial.Next(random, left, counts[cell] / mass) : 0;
            _drawn[cell] = drawn;
            left -= drawn;
            mass -= counts[cell];
        }

        populations.Fold(_drawn, width, _figures);
    }

    public override ReadOnlySpan<double> Figures(int statistic) => _figures;
}
