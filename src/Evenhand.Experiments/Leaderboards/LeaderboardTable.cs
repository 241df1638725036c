using System.Globalization;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Tables;
using Evenhand.Metrics;
using Evenhand.Tuning.Space;

namespace Evenhand.Experiments.Leaderboards;

/// <summary>A leaderboard as rows of text: the one source of the terminal, Markdown and CSV forms.</summary>
public static class LeaderboardTable
{
    /// <summary>For people: figures with bounds in one cell, the objective's own metrics only; parameters stand last,
    /// where they may be cut if room is short.</summary>
    /// <param name="leaderboard">The leaderboard.</param>
    /// <param name="top">How many trials; null: all. The trial that p values refer to is shown besides.</param>
    /// <param name="everyMetric">Whether metrics that the objective does not read have columns too.</param>
    /// <param name="bounds">Whether figures are shown with their bounds.</param>
    public static TextTable ForReading(
        Leaderboard leaderboard, int? top = null, bool everyMetric = false, bool bounds = true)
    {
        ArgumentNullException.ThrowIfNull(leaderboard);
        var objective = leaderboard.Objective;
        var metrics = everyMetric ? MetricNames(leaderboard) : [objective.Accuracy];
        var gaps = everyMetric ? FairnessNames(leaderboard) : objective.Fairness;
        var anyTest = leaderboard.Trials.Any(t => t.Test is not null);
        var anyInfeasible = leaderboard.Trials.Any(t => t is { Feasible: false, Rank: not null });

        var columns = new List<(TableColumn Column, Func<LeaderboardTrial, string> Cell)>
        {
            (new("rank", true), t => t.Rank?.ToString(CultureInfo.InvariantCulture) ?? "-"),
            (new("trial", true), t => t.Number.ToString(CultureInfo.InvariantCulture)),
            (new("learner"), t => t.Learner),
        };
        if (objective.Kind != "pareto")
        {
            columns.Add((new("objective", true), t => Number(t.Objective ?? double.NaN)));
        }

        foreach (var name in metrics)
        {
            columns.Add((new(name), t => Figure(t.Validation, name)));
        }

        foreach (var name in gaps)
        {
            columns.Add((new(name), t => Figure(Holding(name, t.Fairness, t.Validation), name)));
        }

        columns.Add((new("Pareto"), t => t.Pareto ? "*" : ""));
        if (anyInfeasible)
        {
            columns.Add((new("feasible"), t => t.Rank is null ? "" : t.Feasible ? "yes" : "no"));
        }

        if (leaderboard.Trials.Any(t => t.Constant))
        {
            columns.Add((new("constant"), t => t.Constant ? "yes" : ""));
        }

        columns.Add((new("price of fairness"), t => t.PriceOfFairness is { } price
            ? $"{Number(price.Amount)} ({price.Percent.ToString("0.0", CultureInfo.InvariantCulture)} %)"
            : ""));
        if (anyTest)
        {
            foreach (var name in metrics)
            {
                columns.Add((new($"test {name}"), t => t.Test is null ? "" : Figure(t.Test.Metrics, name)));
            }

            foreach (var name in gaps)
            {
                columns.Add((
                    new($"test {name}"),
                    t => t.Test is null ? "" : Figure(Holding(name, t.Test.Fairness, t.Test.Metrics), name)));
            }

            if (objective.Limits.Count > 0)
            {
                columns.Add((new("test feasible"), t => t.Test is null ? "" : YesOrNo(t.Test.Feasible)));
            }

            // All comparisons of a study have one reference.
            if (leaderboard.Trials.Select(t => t.Test?.Comparison).FirstOrDefault(c => c is not null) is { } comparison)
            {
                columns.Add((
                    new($"test p against trial {comparison.Reference}", true),
                    t => t.Test?.Comparison is { } own ? Probability(own.Bootstrap.Holm) : ""));
            }
        }

        columns.Add((new("fit s", true), t => t.Cost is { } cost ? Short(cost.FitSeconds) : ""));
        columns.Add((new("µs each", true), t => t.Cost is { } cost ? Short(cost.PredictionMicroseconds) : ""));
        if (leaderboard.Trials.Any(t => t.ServingAttributes.Count > 0))
        {
            columns.Add((new("needs"), t => string.Join(" ", t.ServingAttributes)));
        }

        columns.Add((new("parameters"), t => t.Error ?? string.Join(
            ": ", new[] { Pruned(t), Parameters(t) }.Where(text => text.Length > 0))));
        var trials = leaderboard.Top(top);
        return new TextTable(
            [.. columns.Select(c => c.Column)], [.. trials.Select(t => columns.Select(c => c.Cell(t)).ToArray())]);

        string Figure(IReadOnlyDictionary<string, MetricValue> figures, string name) =>
            !figures.TryGetValue(name, out var figure) ? "-"
            : bounds ? LeaderboardTable.Figure(figure)
            : Number(figure.Value);
    }

    // What an objective holds against accuracy may be a metric of all rows as well.
    private static IReadOnlyDictionary<string, MetricValue> Holding(
        string name, IReadOnlyDictionary<string, MetricValue> fairness, IReadOnlyDictionary<string, MetricValue> metrics) =>
        fairness.ContainsKey(name) ? fairness : metrics;

    /// <summary>For programs: one number a cell, full precision, every metric, bound, gap and parameter a
    /// column.</summary>
    public static TextTable ForComputing(Leaderboard leaderboard)
    {
        var columns = new List<(TableColumn Column, Func<LeaderboardTrial, string> Cell)>
        {
            (new("rank"), t => t.Rank?.ToString(CultureInfo.InvariantCulture) ?? ""),
            (new("number"), t => t.Number.ToString(CultureInfo.InvariantCulture)),
            (new("state"), t => t.State),
            (new("learner"), t => t.Learner),
            (new("objective"), t => Exact(t.Objective)),
            (new("feasible"), t => t.Feasible ? "true" : "false"),
            (new("pareto"), t => t.Pareto ? "true" : "false"),
            (new("constant"), t => t.Constant ? "true" : "false"),
            (new("testFeasible"), t => t.Test?.Feasible is { } holds ? holds ? "true" : "false" : ""),
            (new("priceOfFairness"), t => Exact(t.PriceOfFairness?.Amount)),
            (new("priceOfFairnessPercent"), t => Exact(t.PriceOfFairness?.Percent)),
        };
        foreach (var name in MetricNames(leaderboard))
        {
            AddFigure(name, t => t.Validation);
            AddFigure($"test {name}", t => t.Test?.Metrics, name);
        }

        foreach (var name in FairnessNames(leaderboard))
        {
            AddFigure(name, t => t.Fairness);
            AddFigure($"test {name}", t => t.Test?.Fairness, name);
        }

        foreach (var name in leaderboard.Trials.SelectMany(t => t.Params.Keys).Distinct())
        {
            columns.Add((new(name), t => t.Params.TryGetValue(name, out var value) ? value.ToString() : ""));
        }

        columns.Add((new("seconds"), t => Exact(t.Seconds)));
        columns.Add((new("fitSeconds"), t => Exact(t.Cost?.FitSeconds)));
        columns.Add((new("predictionMicroseconds"), t => Exact(t.Cost?.PredictionMicroseconds)));
        columns.Add((new("servingAttributes"), t => string.Join(" ", t.ServingAttributes)));
        columns.Add((new("error"), t => t.Error ?? ""));
        return new TextTable(
            [.. columns.Select(c => c.Column)],
            [.. leaderboard.Trials.Select(t => columns.Select(c => c.Cell(t)).ToArray())]);

        void AddFigure(
            string title,
            Func<LeaderboardTrial, IReadOnlyDictionary<string, MetricValue>?> figures,
            string? name = null)
        {
            double? Part(LeaderboardTrial trial, Func<MetricValue, double> part) =>
                figures(trial)?.TryGetValue(name ?? title, out var figure) == true ? part(figure) : null;
            columns.Add((new(title), t => Exact(Part(t, f => f.Value))));
            columns.Add((new($"{title} low"), t => Exact(Part(t, f => f.Low))));
            columns.Add((new($"{title} high"), t => Exact(Part(t, f => f.High))));
        }
    }

    /// <summary>A figure with its bounds, such as <c>0.9123 [0.9011, 0.9240]</c>; a dash where it is
    /// undefined.</summary>
    public static string Figure(MetricValue figure) => double.IsNaN(figure.Value) ? "-"
        : double.IsNaN(figure.Low) ? Number(figure.Value)
        : $"{Number(figure.Value)} [{Number(figure.Low)}, {Number(figure.High)}]";

    /// <summary>Parameters as <c>name=value</c>, numbers to four significant digits.</summary>
    public static string Parameters(LeaderboardTrial trial) =>
        string.Join(", ", trial.Params.Select(p => $"{p.Key}={Short(p.Value)}"));

    private static string Pruned(LeaderboardTrial trial) => trial.PrunedAfter is { } step
        ? string.Create(CultureInfo.InvariantCulture, $"pruned after step {step}")
        : "";

    /// <summary>A p value to four decimals, those below as such.</summary>
    private static string Probability(double value) => value < 0.00005 ? "< 0.0001" : Number(value);

    /// <summary>A number to four decimals, or a dash.</summary>
    public static string Number(double value) =>
        double.IsNaN(value) ? "-" : value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string YesOrNo(bool? value) => value is { } known ? known ? "yes" : "no" : "-";

    private static string Exact(double? value) =>
        value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    private static string[] MetricNames(Leaderboard leaderboard) =>
        [.. leaderboard.Trials.SelectMany(t => t.Validation.Keys).Distinct()];

    private static string[] FairnessNames(Leaderboard leaderboard) =>
        [.. leaderboard.Trials.SelectMany(t => t.Fairness.Keys).Distinct()];

    // Costs span many orders of magnitude.
    private static string Short(double value) => value.ToString(
        value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private static string Short(ParameterValue value) => value.Kind == ParameterKind.Float
        ? value.AsDouble.ToString("G4", CultureInfo.InvariantCulture)
        : value.ToString();
}
