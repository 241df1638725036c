using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Experiments.Files;
using Evenhand.Learning;
using Evenhand.Metrics;
using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Checks;

/// <summary>Checks the metrics of an experiment: they exist, fit the task, go the right way and name declared
/// groups.</summary>
internal sealed class MetricChecks
{
    private readonly MetricCatalogue _metrics;
    private readonly DataSource _source;
    private readonly TaskKind _task;
    private readonly PredictionKind _kind;
    private readonly string[] _groups;
    private readonly string[] _itemGroups;
    private readonly string[] _termGroups;
    private readonly YamlProblems _problems;

    private MetricChecks(Experiment experiment, DataSource source, YamlProblems problems)
    {
        _metrics = MetricCatalogue.Of(problems.Registry);
        _source = source;
        _task = experiment.Task;
        _kind = experiment.PredictionTask.Target.Kind;
        _groups = [.. experiment.Data.DeclaredGroups.Select(g => g.Entry.Value)];
        _termGroups = [.. experiment.Data.Identity.Select(entry => entry.Attribute.Value)];
        _itemGroups = [.. experiment.Data.Groups.Item.Select(entry => entry.Value)];
        _problems = problems;
    }

    public static void Check(Experiment experiment, DataSource source, YamlProblems problems)
    {
        var checks = new MetricChecks(experiment, source, problems);
        foreach (var metric in experiment.Evaluation.Metrics ?? [])
        {
            if (checks._metrics.TryGetFairness(metric.Value, out _))
            {
                var fairness = checks.FindFairness(metric);
                checks.CheckItemGroups(metric, fairness?.OfItems == true);
                if (fairness is { NeedsCounterfactuals: true } && checks._termGroups.Length == 0)
                {
                    checks.NeedsTerms(metric.Place, metric);
                }
            }
            else if (checks.FindPlain(metric) is { } plain)
            {
                checks.CheckItemGroups(metric, plain.OfItems || plain.NeedsFeatures);
            }
        }

        checks.CheckObjective(experiment.Objective);
    }

    private void CheckObjective(ObjectiveSection objective)
    {
        CheckDirection(objective.Minimize, MetricDirection.Minimize);
        CheckDirection(objective.Maximize, MetricDirection.Maximize);
        if (objective.Pareto is [{ Group: not null } first, ..])
        {
            _problems.Add(
                first.Metric.Place, "the first metric of a Pareto objective is the accuracy metric, without a group");
        }

        foreach (var measure in objective.Pareto ?? [])
        {
            Find(measure.Metric, measure.Group);
        }

        foreach (var penalty in objective.Fairness)
        {
            Find(penalty.Metric, penalty.Group);
        }

        foreach (var constraint in objective.Constraints)
        {
            CheckLimit(constraint);
        }

        CheckDistinct((objective.Pareto ?? []).Select(m => (m.Metric, m.Group)));
        CheckDistinct(objective.Fairness.Select(p => (p.Metric, (Located<string>?)p.Group)));
    }

    private void CheckDirection(Located<string>? name, MetricDirection wanted)
    {
        if (name is null || FindPlain(name) is not { } metric)
        {
            return;
        }

        CheckOfAllRows(name, metric);

        if (metric.Direction != wanted)
        {
            _problems.Add(
                name.Place, $"{Better(name.Value, metric.Direction)}: write {Verb(metric.Direction)}: {name.Value}");
        }
        else if (metric is { Direction: MetricDirection.Minimize, Low: < 0 })
        {
            _problems.Add(
                name.Place, $"'{name.Value}' has a sign, and less than zero is no better than zero: minimize mae");
        }
    }

    private void CheckLimit(MeasureConstraint constraint)
    {
        if (Find(constraint.Metric, constraint.Group) is not var (direction, low, high))
        {
            return;
        }

        var (name, place) = constraint.Metric;
        if (constraint.AtMost is not null && direction == MetricDirection.Maximize)
        {
            _problems.Add(place, $"{Better(name, direction)}: limit it by atLeast");
        }
        else if (constraint.AtLeast is not null && direction == MetricDirection.Minimize)
        {
            _problems.Add(place, $"{Better(name, direction)}: limit it by atMost");
        }
        else if (constraint.AtMost < low)
        {
            _problems.Add(place, $"no model keeps this limit: '{name}' is never below {YamlScalars.Number(low)}");
        }
        else if (constraint.AtLeast > high)
        {
            _problems.Add(place, $"no model keeps this limit: '{name}' is never above {YamlScalars.Number(high)}");
        }
    }

    private (MetricDirection Direction, double Low, double High)? Find(Located<string> name, Located<string>? group)
    {
        if (group is null)
        {
            if (_metrics.TryGetFairness(name.Value, out _))
            {
                _problems.Add(name.Place, $"'{name.Value}' compares groups: name the attribute by group"
                    + (_groups.Length == 0 ? "" : $", one of {string.Join(", ", _groups)}"));
                return null;
            }

            if (FindPlain(name) is not { } plain)
            {
                return null;
            }

            CheckOfAllRows(name, plain);
            return (plain.Direction, plain.Low, plain.High);
        }

        CheckGroup(group);
        if (FindFairness(name) is not { } fairness)
        {
            return null;
        }

        CheckSide(name, group, fairness);
        if (fairness.NeedsCounterfactuals && _groups.Contains(group.Value) && !_termGroups.Contains(group.Value))
        {
            NeedsTerms(group.Place, name);
        }

        return (fairness.Direction, fairness.Low, fairness.High);
    }

    // A figure of one group of items, which objectives cannot name, and of all items says nothing.
    private void CheckOfAllRows(Located<string> name, Metric metric)
    {
        if (metric.OfItems)
        {
            _problems.Add(name.Place, $"'{name.Value}' describes a group of items; an objective compares the groups, "
                + $"such as by {name.Value}-difference");
        }
        else
        {
            CheckItemGroups(name, metric.NeedsFeatures);
        }
    }

    private void CheckItemGroups(Located<string> name, bool needed)
    {
        if (needed && _itemGroups.Length == 0)
        {
            _problems.Add(
                name.Place, $"'{name.Value}' needs attributes of the items: name some under data.groups.item");
        }
    }

    private void NeedsTerms(YamlPlace place, Located<string> name) => _problems.Add(
        place,
        $"'{name.Value}' swaps identity terms in texts and needs an attribute of data.identity"
        + (_termGroups.Length == 0 ? ", such as data: { identity: [gender] }" : $": {string.Join(", ", _termGroups)}"));

    // Users' lists have no group of items, and items no group of users.
    private void CheckSide(Located<string> name, Located<string> group, FairnessMetric fairness)
    {
        var ofItems = _itemGroups.Contains(group.Value);
        if (_kind != PredictionKind.Ranking || !_groups.Contains(group.Value) || fairness.OfItems == ofItems)
        {
            return;
        }

        _problems.Add(group.Place, ofItems
            ? $"'{name.Value}' compares users, and '{group.Value}' is an attribute of the items; these compare items: "
                + "exposure@10-difference, reo@10, rsp@10, mmf@10, dtr@10"
            : $"'{name.Value}' compares items, and '{group.Value}' is an attribute of the users: name an attribute of "
                + "data.groups.item");
    }

    private void CheckGroup(Located<string> group)
    {
        if (_groups.Length == 0)
        {
            _problems.Add(
                group.Place, $"no groups are declared: add '{group.Value}' to data.groups, under user, item or row");
        }
        else if (!_groups.Contains(group.Value) && !MisspeltGroup.IsDeclared(_source, group.Value, _problems))
        {
            var hint = NearestName.Of(group.Value, _groups) is { } near
                ? $"Did you mean '{near}'?"
                : $"Declared: {string.Join(", ", _groups)}.";
            _problems.Add(group.Place, $"group '{group.Value}' is not in data.groups. {hint}");
        }
    }

    private Metric? FindPlain(Located<string> name) => Find(
        name,
        () => _metrics.Get(name.Value),
        m => m.Kind,
        () => _metrics.For(_kind).Select(m => m.Name));

    private FairnessMetric? FindFairness(Located<string> name) => Find(
        name,
        () => _metrics.GetFairness(name.Value),
        m => m.Kind,
        () => _metrics.FairnessFor(_kind).Select(m => m.Name));

    private T? Find<T>(
        Located<string> name, Func<T> get, Func<T, PredictionKind> kindOf, Func<IEnumerable<string>> fitting)
        where T : class
    {
        try
        {
            var metric = get();
            if (kindOf(metric) == _kind)
            {
                return metric;
            }

            _problems.Add(name.Place, $"'{name.Value}' does not fit the task {YamlNames.Value(_task)}."
                + $" These do: {string.Join(", ", fitting())}.");
        }
        catch (InputException e)
        {
            _problems.Add(name.Place, e.Message);
        }

        return null;
    }

    private void CheckDistinct(IEnumerable<(Located<string> Metric, Located<string>? Group)> measures)
    {
        var seen = new HashSet<(string, string?)>();
        foreach (var (metric, group) in measures)
        {
            if (!seen.Add((metric.Value, group?.Value)))
            {
                var of = group is null ? "" : $" of {group.Value}";
                _problems.Add(metric.Place, $"'{metric.Value}'{of} is there twice");
            }
        }
    }

    private static string Better(string name, MetricDirection direction) =>
        $"'{name}' is better when {(direction == MetricDirection.Minimize ? "smaller" : "larger")}";

    private static string Verb(MetricDirection direction) =>
        direction == MetricDirection.Minimize ? "minimize" : "maximize";
}
