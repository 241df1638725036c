using Evenhand.Metrics.Fairness;
using Evenhand.Metrics.Resampling;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics;

/// <summary>Metrics overall and by group, with bootstrap bounds. Computed once; differences, ratios and worst groups
/// are views on it.</summary>
/// <remarks>
/// <para>Metrics read sufficient statistics, and each of these is computed once however many metrics share it.</para>
/// <para>Bounds are percentiles over resamples drawn jointly for all metrics and groups. As many units as there are
/// (<see cref="EvaluationData.Units"/>, else rows) are drawn with replacement. Where only counts are needed and each
/// row is a unit of weight 1, the cells of the table of counts are drawn instead, which is equal in
/// distribution.</para>
/// <para>The same seeds give the same bits for any number of threads.</para>
/// </remarks>
public sealed class GroupReport
{
    private readonly Frame _frame;
    private readonly IReadOnlyList<Metric> _metrics;

    // Of each metric's statistic.
    private readonly int[] _widths;

    // By metric and population.
    private readonly double[][] _values;

    // By metric, population and resample.
    private readonly double[][][] _replicates;
    private readonly Dictionary<(Type Metric, int Attribute), MetricValue[]> _ofAttributes = [];

    private GroupReport(Frame frame, IReadOnlyList<Metric> metrics)
    {
        _frame = frame;
        _metrics = metrics;
        Statistic[] read = [.. metrics.Select(metric => metric.Statistic.For(frame.Data))];
        Statistic[] statistics = [.. read.Distinct()];
        int[] statisticOf = Array.ConvertAll(read, statistic => Array.IndexOf(statistics, statistic));
        int[] populations = Array.ConvertAll(read, statistic => frame.PopulationsOf(statistic).Count);
        _widths = Array.ConvertAll(read, statistic => statistic.Width);
        var atoms = IsCountsOnly(frame.Data, statistics) ? ((CountStatistic)statistics[0]).MeasureAtoms(frame) : null;
        var sums = Array.ConvertAll(
            statistics, statistic => atoms is null ? statistic.Measure(frame) : Fold(atoms, statistic.Width));
        _values = [.. metrics.Select((_, metric) => Enumerable.Range(0, populations[metric])
            .Select(population => Read(metric, sums[statisticOf[metric]], population)).ToArray())];
        _replicates = [.. metrics.Select((_, metric) => Enumerable.Range(0, populations[metric])
            .Select(_ => new double[frame.Options.BootstrapSamples]).ToArray())];
        if (frame.Options.BootstrapSamples > 0 && metrics.Count > 0)
        {
            var prepared = atoms is null ? Array.ConvertAll(statistics, statistic => statistic.Prepare(frame)) : [];
            Replicates.Run<Replicates>(
                frame.Options,
                () => atoms is null
                    ? new UnitReplicates(frame.Units, prepared)
                    : new CellReplicates(frame.Populations, atoms, statistics[0].Width),
                (number, replicates) =>
                {
                    for (var metric = 0; metric < metrics.Count; metric++)
                    {
                        var figures = replicates.Figures(statisticOf[metric]);
                        for (var population = 0; population < populations[metric]; population++)
                        {
                            _replicates[metric][population][number] = Read(metric, figures, population);
                        }
                    }
                });
        }

        Overall = Figures(metrics, 0);
        Attributes = [.. Describe(frame.Populations), .. Describe(frame.ItemPopulations)];
    }

    /// <summary>Metric name to its figure over all rows, and for metrics of items over the whole
    /// catalogue.</summary>
    public IReadOnlyDictionary<string, MetricValue> Overall { get; }

    /// <summary>Every attribute with its groups, in the order given; attributes of items last.</summary>
    public IReadOnlyList<AttributeReport> Attributes { get; }

    /// <summary>Number of rows that were evaluated (for rankings: users with relevant items).</summary>
    public int Count => _frame.Data.Count;

    /// <summary>Computes every metric overall and for every group of every attribute.</summary>
    /// <param name="data">Predictions and truth.</param>
    /// <param name="metrics">The metrics; a repeated one is computed once.</param>
    /// <param name="groups">Group codes, one a row, of each attribute; crossings are attributes of their own. Groups of
    /// items come with <see cref="RankingEvaluation.Catalogue"/>.</param>
    /// <param name="options">Resamples, confidence, minimum size, seeds and threads.</param>
    /// <exception cref="ArgumentException">Lengths differ, a code or value is out of range or not finite, a metric is
    /// of another kind than the data, scores, the catalogue or features are missing, or two attributes share a
    /// name.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static GroupReport Compute(
        EvaluationData data,
        IReadOnlyList<Metric> metrics,
        IReadOnlyList<GroupCodes> groups,
        GroupReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        data.Validate();
        Metric[] distinct = [.. metrics.DistinctBy(metric => metric.Name)];
        foreach (var metric in distinct)
        {
            CheckFits(metric.Name, metric.Kind, data);
            CheckNeeds(metric, data);
        }

        return new GroupReport(FrameOf(data, groups, options), distinct);
    }

    /// <summary>A fairness metric of one attribute, from the same resamples as the groups' bounds.</summary>
    /// <remarks>Groups below the minimum size are left out. Rating unfairness, gaps by class and counterfactual figures
    /// need more than the groups' values; their resamples are drawn again from the same seeds on first use, so the
    /// report keeps hold of the data.</remarks>
    /// <param name="metric">The fairness metric.</param>
    /// <param name="attribute">Name of the attribute.</param>
    /// <exception cref="ArgumentException">The attribute or a required metric is not in the report, or the metric does
    /// not fit the data.</exception>
    public MetricValue Fairness(FairnessMetric metric, string attribute)
    {
        ArgumentNullException.ThrowIfNull(metric);
        CheckFits(metric.Name, metric.Kind, _frame.Data);
        var populations = metric.OfItems ? _frame.ItemPopulations : _frame.Populations;
        var index = populations.IndexOf(attribute);
        return metric is AttributeMetric direct
            ? OfAttribute(direct, index)
            : FromGroupValues((GroupValuesMetric)metric, populations, index);
    }

    /// <summary>The rows that count, with their populations.</summary>
    internal static Frame FrameOf(EvaluationData data, IReadOnlyList<GroupCodes> groups, GroupReportOptions options)
    {
        var itemGroups = (data as RankingEvaluation)?.Catalogue?.Groups ?? [];
        if (groups.Concat(itemGroups).GroupBy(group => group.Attribute).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Attribute '{twice.Key}' is given twice.");
        }

        if (data is RankingEvaluation ranking && ranking.EvaluatedRows() is { } rows)
        {
            CheckLengths(groups, data.Count);
            data = ranking.Select(rows);
            groups = [.. groups.Select(group => group with { Codes = RankingEvaluation.Pick(group.Codes, rows) })];
        }

        return new Frame(data, groups, options);
    }

    // Counts of whole rows may be resampled cell by cell.
    private static bool IsCountsOnly(EvaluationData data, Statistic[] statistics) =>
        data.Units is null && data.RowWeights is null && statistics is [CountStatistic];

    internal static void CheckFits(string name, PredictionKind kind, EvaluationData data)
    {
        if (kind != data.Kind)
        {
            throw new ArgumentException($"Metric '{name}' is for {kind} and the data are {data.Kind}.");
        }
    }

    internal static void CheckNeeds(Metric metric, EvaluationData data)
    {
        var missing = metric.NeedsScores && data is ClassificationEvaluation { Scores: null } ? "scores"
            : metric.NeedsScores && data is ClassesEvaluation { Probabilities: null } ? "probabilities"
            : metric.NeedsCatalogue && data is RankingEvaluation { Catalogue: null } ? "a catalogue of the items"
            : metric.NeedsFeatures && data is RankingEvaluation { Catalogue.Features: null } ? "features of the items"
            : null;
        if (missing is not null)
        {
            throw new ArgumentException($"Metric '{metric.Name}' needs {missing}, and the data have none.");
        }
    }

    private static void CheckLengths(IReadOnlyList<GroupCodes> groups, int rows)
    {
        if (groups.FirstOrDefault(group => group.Codes.Length != rows) is { } wrong)
        {
            throw new ArgumentException(
                $"Attribute '{wrong.Attribute}' has {wrong.Codes.Length} codes where there are {rows} rows.");
        }
    }

    private double[] Fold(double[] atoms, int width)
    {
        var sums = new double[_frame.Populations.Count * width];
        _frame.Populations.Fold(atoms, width, sums);
        return sums;
    }

    private double Read(int metric, ReadOnlySpan<double> sums, int population)
    {
        var width = _widths[metric];
        return _metrics[metric].Value(sums.Slice(population * width, width));
    }

    private Dictionary<string, MetricValue> Figures(IEnumerable<Metric> metrics, int population)
    {
        var figures = new Dictionary<string, MetricValue>(_metrics.Count);
        foreach (var metric in metrics)
        {
            var index = IndexOf(metric);
            figures.Add(metric.Name, Bound(_values[index][population], _replicates[index][population]));
        }

        return figures;
    }

    private IEnumerable<AttributeReport> Describe(Populations populations)
    {
        var ofItems = ReferenceEquals(populations, _frame.ItemPopulations);
        Metric[] metrics = [.. _metrics.Where(metric => metric.OfItems == ofItems)];
        return populations.Attributes.Select((attribute, index) =>
        {
            var counted = CountedGroups(populations, index);
            var first = populations.First[index];
            return new AttributeReport(attribute.Attribute, [.. attribute.Groups.Select((name, group) => new GroupResult(
                name, populations.RowCounts[first + group], !counted[group], Figures(metrics, first + group)))])
            {
                OfItems = ofItems,
            };
        });
    }

    private bool[] CountedGroups(Populations populations, int attribute) =>
        populations.CountedGroups(attribute, _frame.Options.MinimumGroupSize);

    private MetricValue FromGroupValues(GroupValuesMetric metric, Populations populations, int attribute)
    {
        int[] required = [.. metric.Requires.Select(IndexOf)];
        int[] groups = [.. CountedGroups(populations, attribute).Index().Where(group => group.Item)
            .Select(group => populations.First[attribute] + group.Index)];
        var values = required.Select(_ => new double[groups.Length]).ToArray();
        var replicates = new double[_frame.Options.BootstrapSamples];
        for (var number = 0; number < replicates.Length; number++)
        {
            for (var i = 0; i < required.Length; i++)
            {
                for (var group = 0; group < groups.Length; group++)
                {
                    values[i][group] = _replicates[required[i]][groups[group]][number];
                }
            }

            replicates[number] = metric.Value(values);
        }

        var value = metric.Value(
            Array.ConvertAll(required, i => Array.ConvertAll(groups, group => _values[i][group])));
        return Bound(value, replicates);
    }

    private int IndexOf(Metric required)
    {
        for (var i = 0; i < _metrics.Count; i++)
        {
            if (_metrics[i].Name == required.Name)
            {
                return i;
            }
        }

        throw new ArgumentException(
            $"The report has no metric '{required.Name}', which this fairness metric requires.");
    }

    private MetricValue OfAttribute(AttributeMetric metric, int attribute)
    {
        if (metric.NeedsItems && _frame.Data is RatingEvaluation { Items: null })
        {
            throw new ArgumentException($"Metric '{metric.Name}' needs items, and the data have none.");
        }

        lock (_ofAttributes)
        {
            if (!_ofAttributes.TryGetValue((metric.GetType(), attribute), out var figures))
            {
                _ofAttributes.Add((metric.GetType(), attribute), figures = Measure(metric, attribute));
            }

            return figures[metric.Figure];
        }
    }

    private MetricValue[] Measure(AttributeMetric metric, int attribute)
    {
        var prepared = metric.Prepare(_frame, attribute, CountedGroups(_frame.Populations, attribute));
        var values = new double[prepared.Length];
        prepared.Measure(new Resample(_frame.Units), values);
        var samples = _frame.Options.BootstrapSamples;
        var replicates = Array.ConvertAll(values, _ => new double[samples]);
        Replicates.Run(
            _frame.Options,
            () => new UnitReplicates(_frame.Units, [prepared]),
            (number, drawn) =>
            {
                var figures = drawn.Figures(0);
                for (var figure = 0; figure < figures.Length; figure++)
                {
                    replicates[figure][number] = figures[figure];
                }
            });
        return [.. values.Select((value, figure) => Bound(value, replicates[figure]))];
    }

    private MetricValue Bound(double value, double[] replicates) =>
        PercentileBounds.Of(value, replicates, _frame.Options.Confidence);
}
