using Evenhand.Configuration;
using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Parts;
using Evenhand.Tuning.Trials;

namespace Evenhand.Tuning.Pruners;

/// <summary>Prunes a trial whose best loss so far is worse than the median of the other trials' losses at the same
/// step.</summary>
/// <remarks>
/// Median stopping rule of Golovin et al. 2017 (Google Vizier), section 3.3.1, with the losses at the step in place of
/// running averages, as Optuna's MedianPruner has it. Others are the complete and the pruned trials that reported at
/// the step; without the pruned ones the median would be that of the survivors. The median of an even number is the
/// mean of the middle two. An undefined loss is worse than any other.
/// With a composite objective the loss is the objective's value. Where an objective has several losses or limits, each
/// loss and the violation of the limits is judged by itself: a trial is pruned when in none of them its best is better
/// than the median, and in one it is worse; that is, when the point of the medians dominates the point of its bests. A
/// trial that is still ahead in accuracy or in fairness goes on.
/// </remarks>
public sealed class MedianPruner : Pruner
{
    /// <summary>What a registry knows of it.</summary>
    public static StudyPartDescriptor<Pruner> Descriptor { get; } = StudyPartDescriptor<Pruner>.Of<MedianPrunerOptions>(
        "median",
        "Ends trials that are worse than the median of the others at the same step.",
        options => new MedianPruner(options));

    /// <summary>A pruner with the given options.</summary>
    /// <param name="options">The defaults when null.</param>
    /// <exception cref="InputException">An option is out of its range.</exception>
    public MedianPruner(MedianPrunerOptions? options = null)
    {
        Options = options ?? new MedianPrunerOptions();
        OptionsValidator.Check(Options);
    }

    /// <summary>The options it was made with.</summary>
    public MedianPrunerOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "median";

    /// <inheritdoc/>
    public override bool ShouldPrune(PruningContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Reports is not [.., var last] || !IsJudged(context.Reports))
        {
            return false;
        }

        var ended = context.Trials.Where(trial => trial.State != TrialState.Failed).ToArray();
        var others = ended
            .SelectMany(trial => trial.Reports.Where(report => report.Step == last.Step))
            .Select(report => Point(context.Objective, report)).ToArray();
        if (ended.Length < Options.StartupTrials || others.Length == 0)
        {
            return false;
        }

        var own = context.Reports.Select(report => Point(context.Objective, report)).ToArray();
        return ParetoFront.Dominates(Each(others, Median), Each(own, Enumerable.Min));
    }

    // The first report of each interval after the warm-up: where a learner reports only now and then, none is missed.
    private bool IsJudged(IReadOnlyList<TrialReport> reports)
    {
        var before = reports.Count > 1 ? IntervalOf(reports[^2].Step) : -1;
        return IntervalOf(reports[^1].Step) > before;
    }

    private int IntervalOf(int step) =>
        step <= Options.WarmupSteps ? -1 : (step - Options.WarmupSteps - 1) / Options.Interval;

    // The violation, then the losses; all minimized.
    private static double[] Point(Objective objective, TrialReport report) =>
        Array.ConvertAll<double, double>(
            [objective.Violation(report), .. objective.Losses(report)],
            value => double.IsNaN(value) ? double.PositiveInfinity : value);

    private static double[] Each(double[][] points, Func<IEnumerable<double>, double> function) =>
        [.. Enumerable.Range(0, points[0].Length).Select(index => function(points.Select(point => point[index])))];

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 || sorted[middle - 1].Equals(sorted[middle])
            ? sorted[middle]
            : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
