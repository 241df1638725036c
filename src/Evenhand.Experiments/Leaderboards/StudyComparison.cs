using Evenhand.Configuration;
using Evenhand.Experiments.Plans;
using Evenhand.Metrics;
using Evenhand.Tuning.Objectives;

namespace Evenhand.Experiments.Leaderboards;

/// <summary>Studies of one task and objective side by side: how good a choice of trade-offs each one found.</summary>
/// <remarks>
/// A study's front is measured by its hypervolume (Zitzler and Thiele 1998): of the box between the best and the worst
/// value of each measure, over all trials of all studies compared, the share that some trial of the study dominates.
/// It lies in [0, 1], larger is better, and has a meaning only within one comparison. Trials whose predictions are
/// constant offer no trade-off and count for nothing.
/// </remarks>
public sealed record StudyComparison
{
    /// <summary>The measures that make the box: the accuracy metric, then the objective's fairness figures.</summary>
    public required IReadOnlyList<string> Measures { get; init; }

    /// <summary>The studies, in the order in which they were given.</summary>
    public required IReadOnlyList<ComparedStudy> Studies { get; init; }

    /// <summary>Compares the leaderboards of studies.</summary>
    /// <param name="leaderboards">At least two, with all their trials.</param>
    /// <exception cref="InputException">There are too few, or they differ in task, data or measures.</exception>
    public static StudyComparison Of(IReadOnlyList<Leaderboard> leaderboards)
    {
        ArgumentNullException.ThrowIfNull(leaderboards);
        if (leaderboards.Count < 2)
        {
            throw new InputException("A comparison needs at least two studies.");
        }

        var first = leaderboards[0];
        string[] measures = [first.Objective.Accuracy, .. first.Objective.Fairness];
        foreach (var other in leaderboards.Skip(1))
        {
            CheckSame(first, other, "task", first.Task, other.Task);
            CheckSame(first, other, "data", Describe(first.Dataset), Describe(other.Dataset));
            CheckSame(
                first,
                other,
                "objective",
                string.Join(", ", measures),
                string.Join(", ", [other.Objective.Accuracy, .. other.Objective.Fairness]));
        }

        var validation = Volumes(
            leaderboards, t => t.Constant ? null : Losses(first.Objective, t.Validation, t.Fairness));
        var test = Volumes(
            leaderboards,
            t => t.Test is { Constant: false } own ? Losses(first.Objective, own.Metrics, own.Fairness) : null);
        return new StudyComparison
        {
            Measures = measures,
            Studies = [.. leaderboards.Index().Select(study => new ComparedStudy(
                study.Item.Study,
                study.Item.Trials.Count(t => t.State == "complete"),
                study.Item.Trials.Count(t => t.Test is not null),
                Best(
                    first.Objective,
                    study.Item.Trials.Where(t => !t.Constant).Select(t => (t.Validation, t.Fairness))),
                validation[study.Index],
                Best(
                    first.Objective,
                    study.Item.Trials.Where(t => t.Test is { Constant: false })
                        .Select(t => (t.Test!.Metrics, t.Test.Fairness))),
                test[study.Index]))],
        };
    }

    private static string Describe(DatasetFacts dataset) => $"{dataset.Name} {dataset.Sha256}".TrimEnd();

    private static void CheckSame(Leaderboard first, Leaderboard other, string what, string mine, string theirs)
    {
        if (mine != theirs)
        {
            throw new InputException(
                $"'{first.Study}' and '{other.Study}' cannot be compared: they differ in their {what} "
                + $"({mine}; {theirs}).");
        }
    }

    // Each measure is minimized; null where one is undefined.
    private static double[]? Losses(
        ObjectiveFacts objective,
        IReadOnlyDictionary<string, MetricValue> metrics,
        IReadOnlyDictionary<string, MetricValue> fairness)
    {
        double[] losses =
        [
            Loss(metrics, objective.Accuracy, objective.AccuracyMaximize),
            .. objective.Fairness.Select(name =>
                Loss(fairness.ContainsKey(name) ? fairness : metrics, name, objective.FairnessMaximize.Contains(name))),
        ];
        return Array.Exists(losses, double.IsNaN) ? null : losses;
    }

    private static double Loss(IReadOnlyDictionary<string, MetricValue> figures, string name, bool maximize) =>
        figures.TryGetValue(name, out var figure) ? (maximize ? -figure.Value : figure.Value) : double.NaN;

    private static Dictionary<string, double> Best(
        ObjectiveFacts objective,
        IEnumerable<(IReadOnlyDictionary<string, MetricValue> Metrics, IReadOnlyDictionary<string, MetricValue> Fairness)>
            trials)
    {
        var points = trials.Select(t => Losses(objective, t.Metrics, t.Fairness)).OfType<double[]>().ToArray();
        var best = new Dictionary<string, double>();
        foreach (var (place, name) in new[] { objective.Accuracy }.Concat(objective.Fairness).Index())
        {
            var maximize = place == 0 ? objective.AccuracyMaximize : objective.FairnessMaximize.Contains(name);
            var loss = points.Length == 0 ? double.NaN : points.Min(point => point[place]);
            best[name] = maximize ? -loss : loss;
        }

        return best;
    }

    private static double[] Volumes(
        IReadOnlyList<Leaderboard> leaderboards, Func<LeaderboardTrial, double[]?> lossesOf)
    {
        var points = leaderboards.Select(l => l.Trials.Select(lossesOf).OfType<double[]>().ToArray()).ToArray();
        var all = points.SelectMany(p => p).ToArray();
        if (all.Length == 0)
        {
            return Array.ConvertAll(points, _ => double.NaN);
        }

        var best = Enumerable.Range(0, all[0].Length).Select(i => all.Min(p => p[i])).ToArray();
        var worst = Enumerable.Range(0, all[0].Length).Select(i => all.Max(p => p[i])).ToArray();
        var reference = Array.ConvertAll(best, _ => 1.0);
        return Array.ConvertAll(points, own => ParetoFront.Hypervolume(
            own.Select(p => p.Select((x, i) => worst[i] > best[i] ? (x - best[i]) / (worst[i] - best[i]) : 0).ToArray()),
            reference));
    }
}

/// <summary>One study of a comparison.</summary>
/// <param name="Study">Its name.</param>
/// <param name="Trials">Number of complete trials.</param>
/// <param name="Finalists">Number of trials with test figures.</param>
/// <param name="Best">Best validation value of each measure, over all trials.</param>
/// <param name="Hypervolume">Hypervolume of its trials on the validation part.</param>
/// <param name="TestBest">Best test value of each measure, over the finalists; NaN where there is none.</param>
/// <param name="TestHypervolume">Hypervolume of its finalists on the test part; NaN where no study has any.</param>
public sealed record ComparedStudy(
    string Study,
    int Trials,
    int Finalists,
    IReadOnlyDictionary<string, double> Best,
    double Hypervolume,
    IReadOnlyDictionary<string, double> TestBest,
    double TestHypervolume);
