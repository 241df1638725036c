using Evenhand.Metrics.Bounds;
using Evenhand.Metrics.Resampling;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Reports;

/// <summary>The metrics of a report in every population, with their standard errors, and the figures of every resample
/// where groups depend on each other.</summary>
internal sealed class EstimateTable
{
    private readonly Frame _frame;
    private readonly IReadOnlyList<Metric> _metrics;
    private readonly Statistic[] _statistics;
    private readonly int[] _statisticOf;

    // Of each metric: the width of its statistic and its number of populations.
    private readonly int[] _widths;
    private readonly int[] _populations;

    // Of each metric and attribute, whether groups are independent.
    private readonly Dictionary<(int Metric, int Attribute), bool> _independent = [];

    // By metric and population.
    private readonly Estimate[][] _estimates;
    private readonly float[]?[][] _replicates;

    /// <summary>Measures the data and the resamples.</summary>
    public EstimateTable(Frame frame, IReadOnlyList<Metric> metrics)
    {
        (_frame, _metrics) = (frame, metrics);
        Statistic[] read = [.. metrics.Select(metric => metric.Statistic.For(frame.Data))];
        _statistics = [.. read.Distinct()];
        _statisticOf = Array.ConvertAll(read, statistic => Array.IndexOf(_statistics, statistic));
        _widths = Array.ConvertAll(read, statistic => statistic.Width);
        _populations = Array.ConvertAll(read, statistic => frame.PopulationsOf(statistic).Count);
        _replicates = [.. metrics.Select((metric, i) => Kept(metric, i))];
        var atoms = CountsAtoms ? ((CountStatistic)_statistics[0]).MeasureAtoms(frame) : null;
        var sums = Array.ConvertAll(
            _statistics, statistic => atoms is null ? statistic.Measure(frame) : Fold(atoms, statistic.Width));
        double[][] values =
        [
            .. metrics.Select((_, metric) => Enumerable.Range(0, _populations[metric])
                .Select(population => Read(metric, sums[_statisticOf[metric]], population)).ToArray()),
        ];
        var moments = DrawMoments(values, atoms);
        _estimates = [.. metrics.Select((metric, i) => Enumerable.Range(0, _populations[i])
            .Select(population => new Estimate(
                values[i][population],
                moments?[i].StandardError(population, frame.Options.BootstrapSamples) ?? double.NaN,
                Rows(metric, population) * metric.ShareOfRows(Sums(i, sums[_statisticOf[i]], population)),
                metric.Range)).ToArray())];
    }

    /// <summary>A metric in a population.</summary>
    public Estimate Of(int metric, int population) => _estimates[metric][population];

    /// <summary>A metric in a population in every resample; null where these are not kept.</summary>
    public float[]? ReplicatesOf(int metric, int population) => _replicates[metric][population];

    /// <summary>Whether the groups of an attribute have no rows or units in common that a metric depends on.</summary>
    public bool AreIndependent(int metric, int attribute) => _independent.GetValueOrDefault((metric, attribute), true);

    // Counts of whole rows may be resampled cell by cell.
    private bool CountsAtoms =>
        _frame.Data.Units is null && _frame.Data.RowWeights is null && _statistics is [CountStatistic];

    private float[]?[] Kept(Metric metric, int number)
    {
        var populations = metric.OfItems ? _frame.ItemPopulations : _frame.Populations;
        var kept = new float[]?[populations.Count];
        for (var attribute = 0; attribute < populations.Attributes.Count; attribute++)
        {
            var independent = !metric.Statistic.SharesRows && (metric.OfItems || !_frame.GroupsShareUnits(attribute));
            _independent[(number, attribute)] = independent;
            for (var group = 0; group < populations.Attributes[attribute].Groups.Count; group++)
            {
                if (!independent || metric.KeepsReplicates)
                {
                    kept[populations.First[attribute] + group] = new float[_frame.Options.BootstrapSamples];
                }
            }
        }

        return kept;
    }

    // Moments by metric, of each population; null without resamples.
    private Moments[]? DrawMoments(double[][] values, double[]? atoms)
    {
        if (_frame.Options.BootstrapSamples == 0 || _metrics.Count == 0)
        {
            return null;
        }

        var prepared = atoms is null ? Array.ConvertAll(_statistics, statistic => statistic.Prepare(_frame)) : [];
        var blocks = new Moments[]?[Replicates.BlockCount];
        Replicates.Run<Replicates>(
            _frame.Options,
            () => atoms is null
                ? new UnitReplicates(_frame.Units, prepared)
                : new CellReplicates(_frame.Populations, atoms, _statistics[0].Width),
            (block, number, drawn) =>
            {
                var moments = blocks[block] ??= Array.ConvertAll(values, own => new Moments(own.Length));
                for (var metric = 0; metric < _metrics.Count; metric++)
                {
                    var figures = drawn.Figures(_statisticOf[metric]);
                    for (var population = 0; population < _populations[metric]; population++)
                    {
                        var replicate = Read(metric, figures, population);
                        moments[metric].Add(population, values[metric][population], replicate);
                        if (_replicates[metric][population] is { } kept)
                        {
                            kept[number] = (float)replicate;
                        }
                    }
                }
            });
        return [.. values.Select((own, metric) =>
            Moments.Total(blocks.Select(block => block?[metric]), own.Length))];
    }

    private double[] Fold(double[] atoms, int width)
    {
        var sums = new double[_frame.Populations.Count * width];
        _frame.Populations.Fold(atoms, width, sums);
        return sums;
    }

    private double Read(int metric, ReadOnlySpan<double> sums, int population) =>
        _metrics[metric].Value(Sums(metric, sums, population));

    private ReadOnlySpan<double> Sums(int metric, ReadOnlySpan<double> sums, int population) =>
        sums.Slice(population * _widths[metric], _widths[metric]);

    // What is drawn: of items the lists of all users.
    private double Rows(Metric metric, int population) =>
        metric.OfItems ? _frame.Units.UnitCount : _frame.UnitCounts[population];
}
