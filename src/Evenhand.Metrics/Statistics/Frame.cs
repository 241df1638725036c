using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>What every statistic of one report works on: the rows, their populations, and how to go about it.</summary>
internal sealed class Frame
{
    private const int BlockRows = 1 << 16;

    private static readonly Populations NoItems = new(0, []);

    private readonly Lazy<UnitIndex> _units;

    public Frame(EvaluationData data, IReadOnlyList<GroupCodes> groups, GroupReportOptions options)
    {
        Data = data;
        Options = options;
        Populations = new Populations(data.Count, groups);
        ItemPopulations = data is RankingEvaluation { Catalogue: { } catalogue }
            ? new Populations(catalogue.Count, catalogue.Groups)
            : NoItems;
        _units = new Lazy<UnitIndex>(() => new UnitIndex(data, Populations));
    }

    public EvaluationData Data { get; }

    public GroupReportOptions Options { get; }

    public Populations Populations { get; }

    /// <summary>All items of the catalogue (population 0) and every group of every item attribute.</summary>
    public Populations ItemPopulations { get; }

    /// <summary>The rows by resampling unit; built when it is first asked for.</summary>
    public UnitIndex Units => _units.Value;

    /// <summary>The populations that a statistic measures.</summary>
    public Populations PopulationsOf(Statistic statistic) => statistic.OfItems ? ItemPopulations : Populations;

    /// <summary>Number of blocks of rows. Blocks are the same for any number of threads.</summary>
    public int BlockCount => (Data.Count + BlockRows - 1) / BlockRows;

    /// <summary>Runs the body over blocks of rows, on as many threads as the options allow.</summary>
    /// <param name="body">Gets the block's number, its first row and its number of rows.</param>
    public void ForBlocks(Action<int, int, int> body)
    {
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = Options.Threads,
            CancellationToken = Options.CancellationToken,
        };
        Parallel.For(0, BlockCount, parallel, block =>
        {
            var start = block * BlockRows;
            body(block, start, Math.Min(BlockRows, Data.Count - start));
        });
    }
}
