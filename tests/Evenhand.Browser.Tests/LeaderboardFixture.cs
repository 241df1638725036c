using Evenhand.Configuration.Randomness;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Plans;
using Evenhand.Metrics;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Trials;

namespace Evenhand.Browser.Tests;

/// <summary>Leaderboards as a study of a few learners on ratings gives them, of any size.</summary>
internal static class LeaderboardFixture
{
    /// <summary>Text that would break out of HTML, of a script element, or of Plotly's own markup.</summary>
    public const string Hostile =
        "</script><script>window.broken=1</script><img src=x onerror=\"window.broken=1\">&lt;b&gt;";

    private const string Gap = "rmse-difference(gender)";
    private const double MaximumGap = 0.07;

    /// <summary>A constrained study: trials 3, 11 and every 40th after it failed, and gaps above the limit are
    /// infeasible.</summary>
    public static Leaderboard Make(int count, string study = "movielens-fair-ratings")
    {
        var random = new SeedTree(17).CreateRandom();
        var drafts = Enumerable.Range(0, count).Select(number => Trial(number, random)).ToList();
        var complete = drafts.Where(t => t.State == "complete").ToList();
        var accurate = complete.MinBy(Rmse)!;
        var ranked = complete.OrderBy(t => !t.Feasible).ThenBy(t => t.Objective).ToList();
        var trials = ranked.Select((trial, i) => trial with
        {
            Rank = i + 1,
            Pareto = trial.Feasible && !complete.Any(t => t.Feasible && Dominates(t, trial)),
            PriceOfFairness = new PriceOfFairness(
                "rmse", Rmse(trial) - Rmse(accurate), 100 * (Rmse(trial) - Rmse(accurate)) / Rmse(accurate)),
            Test = i < 3 || trial == accurate ? TestOf(trial) : null,
        });
        return new Leaderboard
        {
            Study = study,
            Experiment = "movielens-fair-ratings",
            Task = "rating-prediction",
            Dataset = new DatasetFacts(
                "ml-100k", 100_000, new string('a', 20) + "0123456789bcdef0123456789abcdef0123456789ab"),
            Objective = new ObjectiveFacts
            {
                Kind = "constrained",
                Accuracy = "rmse",
                AccuracyMaximize = false,
                Fairness = [Gap],
                FairnessMaximize = [],
                Text = $"minimize rmse subject to {Gap} <= {MaximumGap}",
            },
            Protocol = new Dictionary<string, string>
            {
                ["split"] = "random, 80 % train, 10 % validation, 10 % test",
                ["bounds"] = "95 % percentile bootstrap, 1000 resamples of users",
                ["minimum group size"] = "30",
                ["seed"] = "17",
            },
            Best = ranked.First(t => t.Feasible).Number,
            LeastInfeasible = null,
            MostAccurate = accurate.Number,
            Verdict = "best trial",
            Headline = "Trial is best by the objective.",
            GreaterIsBetter = new HashSet<string> { "mae-ratio(gender)" },
            Trials = [.. trials, .. drafts.Where(t => t.State != "complete")],
        };
    }

    /// <summary>The same study with reports of all trials that did not fail; trial 4 was pruned.</summary>
    public static Leaderboard WithCurves(int count)
    {
        var board = Make(count);
        TrialReport[] reports =
        [
            .. Enumerable.Range(1, 4).Select(step => new TrialReport(step, new Dictionary<string, double>
            {
                ["rmse"] = 1.3 - (0.1 * step),
                [Gap] = step == 2 ? double.NaN : 0.02 * step,
                ["train-loss"] = 1.0 / step,
            })),
        ];
        var trials = board.Trials.Select(t => t.State == "failed" ? t : t with { Reports = reports }).ToLookup(
            t => t.Number == 4);
        return board with
        {
            Trials = [.. trials[false], .. trials[true].Select(t => t with { State = "pruned", Rank = null })],
        };
    }

    private static bool Dominates(LeaderboardTrial a, LeaderboardTrial b) =>
        Rmse(a) <= Rmse(b) && GapOf(a) <= GapOf(b) && (Rmse(a) < Rmse(b) || GapOf(a) < GapOf(b));

    private static double Rmse(LeaderboardTrial trial) => trial.Validation["rmse"].Value;

    private static double GapOf(LeaderboardTrial trial) => trial.Fairness[Gap].Value;

    private static LeaderboardTrial Trial(int number, Random random)
    {
        var isBias = number % 10 == 9;
        var lambda = Math.Pow(10, -2.5 + (2 * random.NextDouble()));
        var draft = new LeaderboardTrial
        {
            Rank = null,
            Number = number,
            State = "failed",
            Learner = isBias ? "bias" : "matrix-factorization",
            Params = isBias ? [] : new Dictionary<string, ParameterValue>
            {
                ["approximationRank"] = (long)(8 << random.Next(5)),
                ["lambda"] = lambda,
                ["learningRate"] = 0.005 + (0.05 * random.NextDouble()),
                ["lossFunction"] = number == 5 ? Hostile : "square-loss-regression",
                ["nonNegative"] = random.Next(2) == 0,
            },
            Validation = new Dictionary<string, MetricValue>(),
            Groups = new Dictionary<string, IReadOnlyDictionary<string, GroupFigures>>(),
            Fairness = new Dictionary<string, MetricValue>(),
            Test = null,
            Objective = null,
            Feasible = false,
            Pareto = false,
            PriceOfFairness = null,
            Seconds = isBias ? 0.31 : 2 + (random.NextDouble() * 9),
            Cost = null,
            ServingAttributes = number % 7 == 5 ? ["gender"] : [],
            Error = number == 3 ? $"The loss is not a number after iteration 4: {Hostile}"
                : "The learning rate 0.055 diverges; a smaller one was expected.",
        };
        return number is 3 or 11 || (number > 40 && number % 40 == 0) ? draft
            : Completed(draft, lambda, isBias, random);
    }

    private static LeaderboardTrial Completed(LeaderboardTrial draft, double lambda, bool isBias, Random random)
    {
        var pull = isBias ? 0.9 : Math.Clamp((Math.Log10(lambda) + 2.5) / 2, 0, 1);
        var rmse = 0.905 + (0.055 * Math.Pow(Math.Abs(pull - 0.25), 1.4)) + (0.012 * random.NextDouble());
        var gap = 0.1 - (0.07 * pull) + (0.03 * random.NextDouble());
        return draft with
        {
            State = "complete",
            Validation = Metrics(rmse),
            Fairness = new Dictionary<string, MetricValue>
            {
                [Gap] = Bounded(gap, 0.016),
                ["rmse-difference(age-band)"] = Bounded(gap * 1.4, 0.03),
                ["mae-ratio(gender)"] = Bounded(1 - (gap * 0.9), 0.02),
                ["value-unfairness(gender)"] = new MetricValue(gap * 0.6, double.NaN, double.NaN),
            },
            Groups = Groups(rmse, gap),
            Objective = rmse,
            Feasible = gap <= MaximumGap,
            Cost = new TrialCost(0.8 * draft.Seconds, 12.4),
            Error = null,
        };
    }

    private static Dictionary<string, MetricValue> Metrics(double rmse) => new()
    {
        ["rmse"] = Bounded(rmse, 0.011),
        ["mae"] = Bounded(rmse * 0.788, 0.009),
    };

    private static Dictionary<string, IReadOnlyDictionary<string, GroupFigures>> Groups(double rmse, double gap)
    {
        GroupFigures Of(int count, double value) => new(
            count,
            count < 30,
            Metrics(value).ToDictionary(m => m.Key, m => Bounded(m.Value.Value, 1 / Math.Sqrt(count))));
        return new Dictionary<string, IReadOnlyDictionary<string, GroupFigures>>
        {
            ["gender"] = new Dictionary<string, GroupFigures>
            {
                ["female"] = Of(2_583, rmse + (0.74 * gap)),
                ["male"] = Of(7_417, rmse - (0.26 * gap)),
            },
            ["age-band"] = new Dictionary<string, GroupFigures>
            {
                ["under 25"] = Of(3_011, rmse + (0.4 * gap)),
                ["25 to 34"] = Of(3_924, rmse - (0.3 * gap)),
                ["35 to 49"] = Of(2_420, rmse - (0.1 * gap)),
                ["50 and over"] = Of(628, rmse + (1.1 * gap)),
                [Hostile] = Of(17, rmse + 0.08),
            },
        };
    }

    private static TestFigures TestOf(LeaderboardTrial trial)
    {
        var (rmse, gap) = (Rmse(trial) + 0.0041, GapOf(trial) * 0.93);
        var fairness = new Dictionary<string, MetricValue> { [Gap] = Bounded(gap, 0.017) };
        var drop = new Dictionary<string, double>
        {
            ["rmse"] = 0.0041,
            ["mae"] = 0.0041 * 0.788,
            [Gap] = gap - GapOf(trial),
        };
        return new TestFigures(Metrics(rmse), Groups(rmse, gap), fairness, drop);
    }

    private static MetricValue Bounded(double value, double half) => new(value, value - half, value + half);
}
