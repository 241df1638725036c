using System.Globalization;
using System.Runtime.ExceptionServices;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Plans;
using Evenhand.Metrics;
using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Leaderboards;

/// <summary>Makes the leaderboard of a study from its finished trials.</summary>
public static class LeaderboardBuilder
{
    // Below so many trials, threads cost more than they save.
    private const int ParallelFrom = 500;

    /// <summary>Ranks the trials by the objective and relates each to the most accurate one.</summary>
    /// <param name="study">The study.</param>
    /// <param name="definition">What it was made from.</param>
    /// <param name="plan">Its experiment.</param>
    /// <param name="trials">Its finished trials.</param>
    /// <param name="test">Test figures of the finalists, by trial number.</param>
    /// <param name="figuresOf">The figures of a complete trial on the validation part. Called for shown trials only,
    /// from several threads.</param>
    /// <param name="top">How many trials are shown, the best ones; null: all. All are ranked in either case.</param>
    public static Leaderboard Build(
        StudyRecord study,
        StudyDefinition definition,
        ExperimentPlan plan,
        IReadOnlyList<FinishedTrial> trials,
        IReadOnlyDictionary<int, EvaluationFigures> test,
        Func<FinishedTrial, EvaluationFigures> figuresOf,
        int? top = null)
    {
        var standing = Standing.Of(plan, trials);
        FinishedTrial[] all =
        [
            .. standing.Ranked,
            .. standing.Undefined,
            .. trials.Where(t => t.State == TrialState.Pruned).OrderBy(t => t.Number),
            .. trials.Where(t => t.State == TrialState.Failed).OrderBy(t => t.Number),
        ];
        FinishedTrial[] shown =
        [
            .. Leaderboard.WithReferences(
                [.. all.Take(top ?? int.MaxValue)],
                all,
                t => t.Number,
                t => test.GetValueOrDefault(t.Number)?.Comparison),
        ];
        var places = standing.Ranked.Index().ToDictionary(r => r.Item.Number, r => r.Index + 1);
        var complete = Array.FindAll(shown, t => t.State == TrialState.Complete);
        var evaluations = complete.Zip(Figures(complete, figuresOf)).ToDictionary(
            pair => pair.First.Number, pair => pair.Second);
        LeaderboardTrial[] rows =
        [
            .. shown.Select(trial => trial.State != TrialState.Complete
                ? Row(plan, trial)
                : Row(plan, standing, trial, evaluations[trial.Number], test.GetValueOrDefault(trial.Number)) with
                {
                    Rank = places.TryGetValue(trial.Number, out var place) ? place : null,
                }),
        ];
        var best = plan.Objective.MaximizesValue is null ? null : plan.Objective.Best(trials);
        var least = standing.Feasible ? null : plan.Objective.LeastInfeasible(trials);
        var words = new LeaderboardWords(plan, standing, best, least, test);
        return new Leaderboard
        {
            Study = study.Name,
            Experiment = study.Experiment,
            Task = plan.Experiment.PredictionTask.Name,
            Dataset = definition.Dataset,
            Objective = plan.ObjectiveFacts,
            Protocol = Protocol(plan, definition.Dataset),
            Best = best?.Number,
            LeastInfeasible = least?.Number,
            MostAccurate = standing.MostAccurate?.Number,
            Fairest = standing.Fairest?.Number,
            Verdict = words.Verdict(rows),
            Headline = words.Headline(rows),
            Trials = rows,
            GreaterIsBetter = GreaterIsBetter(plan),
            OmittedTrials = trials.Count - rows.Length,
        };
    }

    // Reading thousands of stored evaluations is most of the work for a large study, and each is independent.
    private static EvaluationFigures[] Figures(
        FinishedTrial[] trials, Func<FinishedTrial, EvaluationFigures> figuresOf)
    {
        if (trials.Length < ParallelFrom)
        {
            return Array.ConvertAll(trials, trial => figuresOf(trial));
        }

        var figures = new EvaluationFigures[trials.Length];
        try
        {
            Parallel.For(0, figures.Length, i => figures[i] = figuresOf(trials[i]));
        }
        catch (AggregateException problems)
        {
            ExceptionDispatchInfo.Throw(problems.InnerExceptions[0]);
        }

        return figures;
    }

    private static HashSet<string> GreaterIsBetter(ExperimentPlan plan) =>
    [
        .. plan.Evaluation.Metrics.Where(metric => metric.Direction == MetricDirection.Maximize).Select(m => m.Name),
        .. plan.Evaluation.Fairness.Where(gap => gap.Metric.Direction == MetricDirection.Maximize)
            .Select(gap => new MeasureName(gap.Metric.Name, gap.Attribute).ToString()),
    ];

    private static IReadOnlyDictionary<string, string> Protocol(ExperimentPlan plan, DatasetFacts dataset)
    {
        if (dataset.Items is not { } items || !plan.Experiment.PredictionTask.Target.IsRanking)
        {
            return plan.Protocol;
        }

        var size = string.Create(CultureInfo.InvariantCulture, $"{items} items");
        return new Dictionary<string, string>(plan.Protocol) { ["catalogue"] = size };
    }

    private static LeaderboardTrial Row(ExperimentPlan plan, FinishedTrial trial) => new()
    {
        Rank = null,
        Number = trial.Number,
        State = trial.State switch
        {
            TrialState.Complete => "complete",
            TrialState.Pruned => "pruned",
            _ => "failed",
        },
        Learner = plan.Learners.LearnerAt(trial.Parameters).Name,
        Params = plan.Learners.ParametersAt(trial.Parameters),
        Validation = new Dictionary<string, MetricValue>(),
        Groups = new Dictionary<string, IReadOnlyDictionary<string, GroupFigures>>(),
        Fairness = new Dictionary<string, MetricValue>(),
        Test = null,
        Objective = null,
        Feasible = false,
        Pareto = false,
        PriceOfFairness = null,
        Seconds = trial.Duration.TotalSeconds,
        Cost = null,
        ServingAttributes = plan.Learners.ServingAttributesAt(trial.Parameters),
        Error = trial.Error,
        Reports = trial.Reports,
    };

    private static LeaderboardTrial Row(
        ExperimentPlan plan,
        Standing standing,
        FinishedTrial trial,
        EvaluationFigures figures,
        EvaluationFigures? test) =>
        Row(plan, trial) with
        {
            Validation = figures.Metrics,
            Groups = figures.Groups,
            Fairness = figures.Fairness,
            Cost = figures.Cost,
            Test = test is null ? null : Test(plan, figures, test),
            Objective = plan.Objective.Value(trial),
            Feasible = plan.Objective.Standing(trial) == TrialStanding.Feasible,
            Pareto = standing.ParetoFront.Contains(trial.Number),
            Constant = Standing.IsConstant(trial),
            PriceOfFairness = PriceOfFairness.Of(plan.ObjectiveFacts, standing.MostAccurate, trial),
        };

    private static TestFigures Test(ExperimentPlan plan, EvaluationFigures validation, EvaluationFigures test)
    {
        var drop = new Dictionary<string, double>();
        foreach (var (name, figure) in test.Metrics)
        {
            drop[name] = figure.Value - validation.Metrics[name].Value;
        }

        foreach (var (name, figure) in test.Fairness)
        {
            drop[name] = figure.Value - validation.Fairness[name].Value;
        }

        var limits = TestedLimits.Of(plan, test);
        return new TestFigures(test.Metrics, test.Groups, test.Fairness, drop)
        {
            Feasible = limits.Holds,
            MissedLimits = limits.Missed,
            Constant = test.Constant,
            Comparison = test.Comparison,
        };
    }
}
