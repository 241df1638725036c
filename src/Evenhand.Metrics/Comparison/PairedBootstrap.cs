using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Fairness;
using Evenhand.Metrics.Reports;
using Evenhand.Metrics.Resampling;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Comparison;

/// <summary>Whether models differ in a metric on the same rows: the metric itself, whatever it is, is computed of every
/// model on the same resamples.</summary>
/// <remarks>
/// <para>The difference of a resample, d*, lies about the mean of all d* as a difference d would lie about 0 if the
/// models were equal: p = (1 + resamples with |d* - mean d*| at least |d|) / (1 + resamples), two-sided (the shift
/// method of Noreen 1989, section 3.3; Davison and Hinkley 1997, equation 4.11; for rankings Smucker, Allan, Carterette
/// 2007).</para>
/// <para>Units are drawn with replacement, for all models the same ones: those of <see cref="EvaluationData.Units"/>,
/// else rows, which for rankings are users.</para>
/// </remarks>
public static class PairedBootstrap
{
    /// <summary>Tests a metric of all rows.</summary>
    /// <param name="reference">What the model that all are compared with predicts.</param>
    /// <param name="models">What the other models predict of the same rows.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="options">Resamples, seeds and threads.</param>
    /// <returns>For each model its metric minus the reference's, and p; NaN where the metric is undefined, or is
    /// undefined in more than half of the resamples.</returns>
    /// <exception cref="ArgumentException">The metric does not fit the data, or the models' rows are not the
    /// same.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<PairedTestResult> Test(
        EvaluationData reference, IReadOnlyList<EvaluationData> models, Metric metric, GroupReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return Run(reference, models, [], options, frame =>
        {
            GroupReport.CheckFits(metric.Name, metric.Kind, frame.Data);
            GroupReport.CheckNeeds(metric, frame.Data);
            var statistic = metric.Statistic.For(frame.Data);
            return new PreparedFigure(
                [statistic.Prepare(frame)], figures => metric.Value(figures[0].Span[..statistic.Width]));
        });
    }

    /// <summary>Tests a fairness metric of one attribute.</summary>
    /// <param name="reference">What the model that all are compared with predicts.</param>
    /// <param name="models">What the other models predict of the same rows.</param>
    /// <param name="metric">The fairness metric.</param>
    /// <param name="attribute">Name of the attribute.</param>
    /// <param name="groups">Group codes, one a row, of each attribute; those of items come with the catalogue.</param>
    /// <param name="options">Resamples, minimum size of groups, seeds and threads.</param>
    /// <returns>For each model its figure minus the reference's, and p; NaN where it is undefined.</returns>
    /// <exception cref="ArgumentException">The metric does not fit the data, there is no such attribute, or the models'
    /// rows are not the same.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<PairedTestResult> Test(
        EvaluationData reference,
        IReadOnlyList<EvaluationData> models,
        FairnessMetric metric,
        string attribute,
        IReadOnlyList<GroupCodes> groups,
        GroupReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(groups);
        return Run(reference, models, groups, options, frame =>
        {
            GroupReport.CheckFits(metric.Name, metric.Kind, frame.Data);
            foreach (var required in metric.Requires)
            {
                GroupReport.CheckNeeds(required, frame.Data);
            }

            var populations = metric.OfItems ? frame.ItemPopulations : frame.Populations;
            var index = populations.IndexOf(attribute);
            var counted = populations.CountedGroups(index, options.MinimumGroupSize);
            if (metric is not AttributeMetric direct)
            {
                return OfGroups((GroupValuesMetric)metric, frame, populations, index, counted);
            }

            var prepared = direct.Prepare(frame, index, counted);
            return new PreparedFigure([prepared], figures => direct.Value(prepared, figures[0].Span));
        });
    }

    private static PreparedFigure OfGroups(
        GroupValuesMetric metric, Frame frame, Populations populations, int attribute, bool[] counted)
    {
        Statistic[] read = [.. metric.Requires.Select(required => required.Statistic.For(frame.Data))];
        Statistic[] statistics = [.. read.Distinct()];
        int[] groups =
        [
            .. counted.Index().Where(group => group.Item).Select(group => populations.First[attribute] + group.Index),
        ];
        return new PreparedFigure(
            Array.ConvertAll(statistics, statistic => statistic.Prepare(frame)),
            figures => metric.Value([.. metric.Requires.Select((required, i) =>
            {
                var (own, width) = (figures[Array.IndexOf(statistics, read[i])], read[i].Width);
                return Array.ConvertAll(groups, group => required.Value(own.Span.Slice(group * width, width)));
            })]));
    }

    private static List<PairedTestResult> Run(
        EvaluationData reference,
        IReadOnlyList<EvaluationData> models,
        IReadOnlyList<GroupCodes> groups,
        GroupReportOptions options,
        Func<Frame, PreparedFigure> prepare)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var frames = new List<Frame>();
        foreach (var data in models.Prepend(reference))
        {
            data.Validate();
            frames.Add(GroupReport.FrameOf(data, groups, options));
            CheckSameRows(frames[0].Data, frames[^1].Data);
        }

        PreparedFigure[] figures = [.. frames.Select(prepare)];
        PreparedStatistic[] statistics = [.. figures.SelectMany(figure => figure.Statistics)];
        var units = frames[0].Units;
        var asTheyAre = new UnitReplicates(units, statistics);
        asTheyAre.Measure();
        var values = Read(figures, asTheyAre);
        var replicates = Array.ConvertAll(figures, _ => new double[options.BootstrapSamples]);
        Replicates.Run(options, () => new UnitReplicates(units, statistics), (_, number, drawn) =>
        {
            foreach (var (model, value) in Read(figures, drawn).Index())
            {
                replicates[model][number] = value;
            }
        });
        return
        [
            .. Enumerable.Range(1, models.Count).Select(model => Result(
                values[model] - values[0],
                [.. replicates[model].Zip(replicates[0], (own, other) => own - other).Where(d => !double.IsNaN(d))],
                options.BootstrapSamples)),
        ];
    }

    private static void CheckSameRows(EvaluationData reference, EvaluationData data)
    {
        if (data.Count != reference.Count || data.Kind != reference.Kind)
        {
            throw new ArgumentException(
                $"Paired models: {data.Count} rows of {data.Kind} where the reference has {reference.Count} of "
                + $"{reference.Kind}.");
        }
    }

    private static double[] Read(PreparedFigure[] figures, UnitReplicates replicates)
    {
        var values = new double[figures.Length];
        var first = 0;
        for (var model = 0; model < values.Length; model++)
        {
            var own = new ReadOnlyMemory<double>[figures[model].Statistics.Length];
            for (var i = 0; i < own.Length; i++)
            {
                own[i] = replicates.FiguresOf(first++);
            }

            values[model] = figures[model].Read(own);
        }

        return values;
    }

    private static PairedTestResult Result(double difference, double[] replicates, int resamples)
    {
        if (double.IsNaN(difference) || replicates.Length == 0 || 2 * replicates.Length < resamples)
        {
            return new PairedTestResult(difference, double.NaN);
        }

        var mean = replicates.Average();
        var extreme = replicates.Count(replicate => Math.Abs(replicate - mean) >= Math.Abs(difference));
        return new PairedTestResult(difference, (1.0 + extreme) / (1.0 + replicates.Length));
    }

    /// <summary>A model's rows arranged for resampling, and how its figure is read.</summary>
    private sealed record PreparedFigure(
        PreparedStatistic[] Statistics, Func<ReadOnlyMemory<double>[], double> Read);
}
