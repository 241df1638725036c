using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>What every statistic of one report works on: the rows, their populations, and how to go about it.</summary>
internal sealed class Frame
{
    private const int BlockRows = 1 << 16;

    private static readonly Populations NoItems = new(0, []);

    private readonly Lazy<UnitIndex> _units;
    private readonly Lazy<int[]> _unitCounts;
    private readonly Lazy<bool[]> _shared;
    private readonly Lazy<RowsByScore[]> _rowsByScore;

    public Frame(EvaluationData data, IReadOnlyList<GroupCodes> groups, GroupReportOptions options)
    {
        Data = data;
        Options = options;
        Populations = new Populations(data.Count, groups);
        ItemPopulations = data is RankingEvaluation { Catalogue: { } catalogue }
            ? new Populations(catalogue.Count, catalogue.Groups)
            : NoItems;
        _units = new Lazy<UnitIndex>(() => new UnitIndex(data, Populations));
        _unitCounts = new Lazy<int[]>(CountUnits);
        _shared = new Lazy<bool[]>(
            () => [.. Enumerable.Range(0, Populations.Attributes.Count).Select(HaveUnitsInCommon)]);
        _rowsByScore = new Lazy<RowsByScore[]>(() => data is ClassificationEvaluation { Scores: { } scores } rows
            ? Evenhand.Metrics.Statistics.RowsByScore.Of(this, new ScoredRows(scores, rows.Labels, rows.Weights))
            : throw new InvalidOperationException("Rows without scores have no order."));
    }

    public EvaluationData Data { get; }

    public GroupReportOptions Options { get; }

    public Populations Populations { get; }

    /// <summary>All items of the catalogue (population 0) and every group of every item attribute.</summary>
    public Populations ItemPopulations { get; }

    /// <summary>The rows by resampling unit; built when it is first asked for.</summary>
    public UnitIndex Units => _units.Value;

    /// <summary>All rows of a binary classification, and those of each attribute's groups, by score; sorted when they
    /// are first asked for.</summary>
    public RowsByScore[] RowsByScore => _rowsByScore.Value;

    /// <summary>Number of units with rows in each population.</summary>
    public int[] UnitCounts => _unitCounts.Value;

    /// <summary>Whether groups of an attribute have rows of the same unit.</summary>
    public bool GroupsShareUnits(int attribute) => _shared.Value[attribute];

    /// <summary>The populations that a statistic measures.</summary>
    public Populations PopulationsOf(Statistic statistic) => statistic.OfItems ? ItemPopulations : Populations;

    private bool HaveUnitsInCommon(int attribute)
    {
        if (Populations.Attributes[attribute].GroupsOfCode is not null)
        {
            return true;
        }

        if (Data.Units is null)
        {
            return false;
        }

        const int none = -2;
        var codeOfUnit = new int[Units.UnitCount];
        Array.Fill(codeOfUnit, none);
        var codes = Populations.Attributes[attribute].Codes;
        for (var row = 0; row < codes.Length; row++)
        {
            ref var known = ref codeOfUnit[Units.UnitOf(row)];
            if (known != none && known != codes[row])
            {
                return true;
            }

            known = codes[row];
        }

        return false;
    }

    private int[] CountUnits()
    {
        if (Data.Units is null)
        {
            return Populations.RowCounts;
        }

        var counts = new int[Populations.Count];
        var seen = new HashSet<(int Population, int Unit)>();
        for (var row = 0; row < Data.Count; row++)
        {
            var unit = Units.UnitOf(row);
            Count(0, unit);
            for (var attribute = 0; attribute < Populations.Attributes.Count; attribute++)
            {
                foreach (var group in Populations.GroupsOf(attribute, Populations.Attributes[attribute].Codes[row]))
                {
                    Count(Populations.First[attribute] + group, unit);
                }
            }
        }

        return counts;

        void Count(int population, int unit) => counts[population] += seen.Add((population, unit)) ? 1 : 0;
    }

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
