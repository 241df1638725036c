using Evenhand.Metrics.Bounds;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Fairness;
using Evenhand.Metrics.Resampling;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Reports;

/// <summary>Metrics overall and by group, with bounds. Computed once; differences, ratios and worst groups are views on
/// it.</summary>
/// <remarks>
/// <para>Metrics read sufficient statistics, and each of these is computed once however many metrics share it.</para>
/// <para>Bounds are made of standard errors over resamples that are drawn jointly for all metrics and groups: those of
/// a value by the range of the metric (<see cref="Estimate"/>), those of a comparison from the bounds of its groups
/// (<see cref="GroupEstimates"/>). As many units as there are (<see cref="EvaluationData.Units"/>, else rows) are drawn
/// with replacement. Where only counts are needed and each row is a unit of weight 1, the cells of the table of counts
/// are drawn instead, which is equal in distribution.</para>
/// <para>The same seeds give the same bits for any number of threads.</para>
/// </remarks>
public sealed class GroupReport
{
    private readonly Frame _frame;
    private readonly IReadOnlyList<Metric> _metrics;
    private readonly EstimateTable _estimates;
    private readonly Dictionary<(Type Metric, int Attribute), AttributeFigures> _ofAttributes = [];
    private ((int Metric, int Attribute, int Families) Of, GroupEstimates Estimates)? _latest;

    private GroupReport(Frame frame, IReadOnlyList<Metric> metrics)
    {
        (_frame, _metrics) = (frame, metrics);
        _estimates = new EstimateTable(frame, metrics);
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

    /// <summary>A fairness metric of one attribute.</summary>
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

    private Dictionary<string, MetricValue> Figures(IEnumerable<Metric> metrics, int population)
    {
        var figures = new Dictionary<string, MetricValue>(_metrics.Count);
        foreach (var metric in metrics)
        {
            figures.Add(metric.Name, Bound(_estimates.Of(IndexOf(metric), population)));
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
        var value = metric.Value(
            Array.ConvertAll(required, i => Array.ConvertAll(groups, group => _estimates.Of(i, group).Value)));
        if (double.IsNaN(value))
        {
            return new MetricValue(value, double.NaN, double.NaN);
        }

        if (metric is not GroupComparisonMetric comparison)
        {
            return Bound(metric, value, required, groups);
        }

        var estimates = Array.ConvertAll(required, i => Estimates(i, attribute, groups, required.Length));
        return Array.TrueForAll(estimates, own => own.HasBounds)
            ? Within(metric, value, comparison.Bounds(estimates))
            : new MetricValue(value, double.NaN, double.NaN);
    }

    // The groups in which the metric is defined. The views of a metric are asked for one after the other.
    private GroupEstimates Estimates(int metric, int attribute, int[] groups, int families)
    {
        lock (_ofAttributes)
        {
            var asked = (metric, attribute, families);
            if (_latest is not { } latest || latest.Of != asked)
            {
                latest = (asked, CreateEstimates(metric, attribute, groups, families));
                _latest = latest;
            }

            return latest.Estimates;
        }
    }

    private GroupEstimates CreateEstimates(int metric, int attribute, int[] groups, int families)
    {
        var defined = Array.FindAll(groups, group => !double.IsNaN(_estimates.Of(metric, group).Value));
        var correlations = _frame.Options.BootstrapSamples == 0 || _estimates.AreIndependent(metric, attribute)
            ? null
            : new Correlations(Array.ConvertAll(defined, group => _estimates.ReplicatesOf(metric, group)!));
        return new GroupEstimates(
            Array.ConvertAll(defined, group => _estimates.Of(metric, group)),
            correlations,
            _frame.Options.Confidence,
            families);
    }

    private MetricValue Bound(GroupValuesMetric metric, double value, int[] required, int[] groups)
    {
        var moments = new Moments(1);
        var values = required.Select(_ => new double[groups.Length]).ToArray();
        for (var number = 0; number < _frame.Options.BootstrapSamples; number++)
        {
            foreach (var (i, own) in values.Index())
            {
                for (var group = 0; group < groups.Length; group++)
                {
                    own[group] = _estimates.ReplicatesOf(required[i], groups[group])![number];
                }
            }

            moments.Add(0, value, metric.Value(values));
        }

        return Bound(metric, value, moments, 0);
    }

    // A figure of a group attribute as a whole.
    private MetricValue Bound(FairnessMetric metric, double value, Moments moments, int figure)
    {
        var error = moments.StandardError(figure, _frame.Options.BootstrapSamples);
        var estimate = new Estimate(value, error, _frame.UnitCounts[0], new FigureRange(metric.Low, metric.High));
        return metric.IsDiscrepancy && !double.IsNaN(value) && estimate.HasBounds
            ? Within(metric, value, Discrepancy.Bounds(estimate, moments.Bias(figure), Tail))
            : Bound(estimate);
    }

    private static MetricValue Within(FairnessMetric metric, double value, (double Low, double High) bounds) => new(
        value,
        Math.Min(value, Math.Max(metric.Low, bounds.Low)),
        Math.Max(value, Math.Min(metric.High, bounds.High)));

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

        AttributeFigures? figures;
        lock (_ofAttributes)
        {
            if (!_ofAttributes.TryGetValue((metric.GetType(), attribute), out figures))
            {
                _ofAttributes.Add((metric.GetType(), attribute), figures = Measure(metric, attribute));
            }
        }

        var value = metric.Value(figures.Prepared, figures.Values);
        return metric is ClassGapMetric gaps
            ? !double.IsNaN(value) && gaps.Bounds(figures) is { } bounds
                ? Within(metric, value, bounds)
                : new MetricValue(value, double.NaN, double.NaN)
            : Bound(metric, value, figures.Moments, metric.Figure);
    }

    private AttributeFigures Measure(AttributeMetric metric, int attribute)
    {
        var prepared = metric.Prepare(_frame, attribute, CountedGroups(_frame.Populations, attribute));
        var values = new double[prepared.Length];
        prepared.Measure(new Resample(_frame.Units), values);
        var blocks = new Moments?[Replicates.BlockCount];
        Replicates.Run(
            _frame.Options,
            () => new UnitReplicates(_frame.Units, [prepared]),
            (block, _, drawn) =>
            {
                var moments = blocks[block] ??= new Moments(values.Length);
                var replicates = drawn.Figures(0);
                for (var figure = 0; figure < values.Length; figure++)
                {
                    moments.Add(figure, values[figure], replicates[figure]);
                }
            });
        return new AttributeFigures(prepared, values, Moments.Total(blocks, values.Length), _frame.Options);
    }

    private double Tail => (1 - _frame.Options.Confidence) / 2;

    private MetricValue Bound(Estimate estimate)
    {
        if (double.IsNaN(estimate.Value) || !estimate.HasBounds)
        {
            return new MetricValue(estimate.Value, double.NaN, double.NaN);
        }

        var (low, high) = estimate.At(Tail);
        return new MetricValue(estimate.Value, low, high);
    }
}
