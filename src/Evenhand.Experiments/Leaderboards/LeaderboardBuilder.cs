using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Evenhand.Data;
using Evenhand.Learning;
using Evenhand.Metrics;
using Evenhand.Tuning;

namespace Evenhand.Experiments;

/// <summary>Makes the leaderboard of a study from its finished trials.</summary>
public static class LeaderboardBuilder
{
    // Below so many trials, threads cost more than they save.
    private const int ParallelFrom = 500;

    /// <summary>Ranks the trials by the objective and relates each to the most accurate one.</summary>
    /// <param name="study">The study.</param>
    /// <param name="definition">What it was made from.</param>
    /// <param name="plan">Its experiment, ready to run.</param>
    /// <param name="trials">Its finished trials.</param>
    /// <param name="test">Test figures of the finalists, by trial number.</param>
    public static Leaderboard Build(
        StudyRecord study,
        StudyDefinition definition,
        StudyPlan plan,
        IReadOnlyList<FinishedTrial> trials,
        IReadOnlyDictionary<int, EvaluationFigures> test) =>
        Build(study, definition, plan, trials, test, int.MaxValue, trial => trial);

    /// <summary>Ranks all trials and shows the first of them, so that the figures of the others need not be
    /// read.</summary>
    /// <param name="study">The study.</param>
    /// <param name="definition">What it was made from.</param>
    /// <param name="plan">Its experiment, ready to run.</param>
    /// <param name="trials">Its finished trials; payloads may be missing.</param>
    /// <param name="test">Test figures of the finalists, by trial number.</param>
    /// <param name="top">How many trials are shown.</param>
    /// <param name="withPayload">The same trial with its payload. Called for shown trials only, from several
    /// threads.</param>
    internal static Leaderboard Build(
        StudyRecord study,
        StudyDefinition definition,
        StudyPlan plan,
        IReadOnlyList<FinishedTrial> trials,
        IReadOnlyDictionary<int, EvaluationFigures> test,
        int top,
        Func<FinishedTrial, FinishedTrial> withPayload)
    {
        var standing = Standing.Of(plan, trials);
        var shown = standing.Ranked.Take(top).ToArray();
        var evaluations = Evaluations(study, shown, withPayload);
        var accuracy = plan.ObjectiveFacts.Accuracy;
        var best = standing.MostAccurate?.Measures.GetValueOrDefault(accuracy, double.NaN) ?? double.NaN;

        var rows = new List<LeaderboardTrial>(shown.Length);
        for (var i = 0; i < shown.Length; i++)
        {
            var trial = shown[i];
            var figures = evaluations[i];
            rows.Add(Row(plan, trial) with
            {
                Rank = i + 1,
                Validation = figures.Metrics,
                Groups = figures.Groups,
                Fairness = figures.Fairness,
                Cost = figures.Cost,
                Test = test.TryGetValue(trial.Number, out var measured) ? Test(figures, measured) : null,
                Objective = plan.Objective.Value(trial),
                Feasible = plan.Objective.Violation(trial) == 0,
                Pareto = standing.ParetoFront.Contains(trial.Number),
                PriceOfFairness = Price(
                    plan.ObjectiveFacts, best, trial.Measures.GetValueOrDefault(accuracy, double.NaN)),
            });
        }

        var failed = trials.Where(t => t.State == TrialState.Failed).OrderBy(t => t.Number);
        rows.AddRange(failed.Take(top - rows.Count).Select(t => Row(plan, t)));
        return new Leaderboard
        {
            Study = study.Name,
            Experiment = study.Experiment,
            Task = plan.TaskName,
            Dataset = definition.Dataset,
            Objective = plan.ObjectiveFacts,
            Protocol = Protocol(plan, definition.Dataset),
            Best = plan.Objective.MaximizesValue is null ? null : plan.Objective.Best(trials)?.Number,
            LeastInfeasible = standing.Feasible ? null : plan.Objective.LeastInfeasible(trials)?.Number,
            MostAccurate = standing.MostAccurate?.Number,
            Trials = rows,
            OmittedTrials = trials.Count - rows.Count,
        };
    }

    // Reading thousands of stored evaluations is most of the work for a large study, and each is independent.
    private static EvaluationFigures[] Evaluations(
        StudyRecord study, FinishedTrial[] trials, Func<FinishedTrial, FinishedTrial> withPayload)
    {
        var evaluations = new EvaluationFigures[trials.Length];
        if (trials.Length < ParallelFrom)
        {
            for (var i = 0; i < evaluations.Length; i++)
            {
                Read(i);
            }
        }
        else
        {
            try
            {
                Parallel.For(0, evaluations.Length, Read);
            }
            catch (AggregateException problems)
            {
                ExceptionDispatchInfo.Throw(problems.InnerExceptions[0]);
            }
        }

        return evaluations;

        void Read(int i)
        {
            try
            {
                evaluations[i] = EvaluationJson.Read(withPayload(trials[i]).Payload);
            }
            catch (JsonException problem)
            {
                throw new InputException(
                    $"Trial {trials[i].Number} of the study '{study.Name}' is damaged: {problem.Message}"
                    + " Resume the study to run the trial again, or restore its store from a copy.",
                    problem);
            }
        }
    }

    private static IReadOnlyDictionary<string, string> Protocol(StudyPlan plan, DatasetFacts dataset)
    {
        if (dataset.Items is not { } items || plan.Experiment.Task != TaskKind.TopN)
        {
            return plan.Protocol;
        }

        var size = string.Create(CultureInfo.InvariantCulture, $"{items} items");
        return new Dictionary<string, string>(plan.Protocol) { ["catalogue"] = size };
    }

    private static LeaderboardTrial Row(StudyPlan plan, FinishedTrial trial) => new()
    {
        Rank = null,
        Number = trial.Number,
        State = trial.State == TrialState.Complete ? "complete" : "failed",
        Learner = plan.LearnerOf(trial.Parameters),
        Params = plan.LearnerParameters(trial.Parameters),
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
        ServingAttributes = plan.ServingAttributes(trial.Parameters),
        Error = trial.Error,
    };

    private static TestFigures Test(EvaluationFigures validation, EvaluationFigures test)
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

        return new TestFigures(test.Metrics, test.Groups, test.Fairness, drop) { Comparison = test.Comparison };
    }

    private static PriceOfFairness? Price(ObjectiveFacts objective, double best, double value)
    {
        if (double.IsNaN(best) || double.IsNaN(value))
        {
            return null;
        }

        var amount = Math.Max(0, objective.AccuracyMaximize ? best - value : value - best);
        return new PriceOfFairness(objective.Accuracy, amount, best == 0 ? 0 : 100 * amount / Math.Abs(best));
    }
}
