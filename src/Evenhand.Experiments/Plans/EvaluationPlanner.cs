using System.Globalization;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Files;
using Evenhand.Experiments.Tasks;
using Evenhand.Metrics;
using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Plans;

/// <summary>Decides what is measured: what the objective reads, what the file asks for, and what is usual for the
/// task.</summary>
internal static class EvaluationPlanner
{
    private static readonly string[] ItemShares = ["exposure-share", "recommendation-share"];

    // Of the items' attributes, where the file names no metrics.
    private static readonly string[] ItemGaps = ["reo", "rsp", "exposure-merit-difference"];

    public static EvaluationPlan Plan(Experiment experiment, MetricCatalogue catalogue, ObjectiveFacts objective)
    {
        var section = experiment.Evaluation;
        var target = experiment.PredictionTask.Target;
        var names = section.Metrics?.Select(m => m.Value) ?? target.UsualMetrics(section.K);

        var metrics = new List<Metric>();
        var fairness = new List<(FairnessMetric Metric, string Attribute)>();
        AddMetric(objective.Accuracy);
        foreach (var (metric, group) in Named(experiment.Objective))
        {
            if (group is null)
            {
                AddMetric(metric);
            }
            else
            {
                AddFairness(metric, group);
            }
        }

        foreach (var name in names)
        {
            if (catalogue.TryGetFairness(name, out _))
            {
                AddFairnessOfAll(name);
            }
            else
            {
                AddMetric(name);
            }
        }

        AddFairnessOfAll($"{objective.Accuracy}-difference");
        if (target.IsRanking && experiment.Data.Groups.Item.Count > 0)
        {
            AddFairnessOfAll(UsualItemGap(section.K));
            if (section.Metrics is null)
            {
                Array.ForEach(ItemShares, stem => AddMetric(At(stem, section.K)));
                AddMetric("merit-share");
                AddMetric("catalogue-share");
                Array.ForEach(ItemGaps, stem => AddFairnessOfAll(At(stem, section.K)));
            }
        }

        if (section.Metrics is null)
        {
            foreach (var gap in target.UsualGaps)
            {
                AddFairnessOfAll(gap);
            }

            foreach (var terms in experiment.Data.Identity)
            {
                foreach (var gap in target.UsualTermGaps)
                {
                    AddFairness(gap, terms.Attribute.Value);
                }
            }
        }

        foreach (var required in fairness.SelectMany(f => f.Metric.Requires).ToArray())
        {
            AddMetric(required.Name);
        }

        return new EvaluationPlan
        {
            Task = experiment.Task,
            Metrics = metrics,
            Fairness = fairness,
            Report = new GroupReportOptions
            {
                BootstrapSamples = section.BootstrapSamples,
                Confidence = section.Confidence,
                MinimumGroupSize = section.MinimumGroupSize,
                Seeds = new SeedTree(experiment.Seed).Fork("evaluation"),
                Threads = Math.Max(1, Environment.ProcessorCount / experiment.Budget.Jobs),
            },
            ResampleUsers = section.Units == ResamplingUnit.User,
            ListLength = metrics.Max(metric => metric.ListLength ?? 1),
            RelevanceThreshold = section.RelevanceThreshold,
            SampledNegatives = section.SampledNegatives,
            ReadsProbabilitiesAlone = ReadsProbabilitiesAlone(experiment.Objective, catalogue, objective),
        };

        void AddMetric(string name)
        {
            if (!metrics.Any(m => m.Name == name))
            {
                metrics.Add(catalogue.Get(name));
            }
        }

        void AddFairness(string name, string attribute)
        {
            if (!fairness.Any(f => f.Metric.Name == name && f.Attribute == attribute))
            {
                fairness.Add((catalogue.GetFairness(name), attribute));
            }
        }

        void AddFairnessOfAll(string name)
        {
            var metric = catalogue.GetFairness(name);
            foreach (var attribute in metric.NeedsCounterfactuals
                ? experiment.Data.Identity.Select(terms => terms.Attribute.Value)
                : AttributesOf(experiment, metric.OfItems))
            {
                AddFairness(name, attribute);
            }
        }
    }

    /// <summary>The attributes whose groups a metric compares. Lists are compared by user and items by item; ratings
    /// and classes belong to rows, which have a group by any attribute.</summary>
    public static IEnumerable<string> AttributesOf(Experiment experiment, bool ofItems) =>
        experiment.Data.DeclaredGroups
            .Where(group => !experiment.PredictionTask.Target.IsRanking || (group.Side == GroupSide.Item) == ofItems)
            .Select(group => group.Entry.Value);

    /// <summary>The gap between groups of items that is worth seeing where the objective names none.</summary>
    public static string UsualItemGap(int k) => At("exposure", k) + "-difference";

    private static IEnumerable<(string Metric, string? Group)> Named(ObjectiveSection objective) =>
    [
        .. (objective.Pareto ?? []).Select(r => (r.Metric.Value, r.Group?.Value)),
        .. objective.Fairness.Select(f => (f.Metric.Value, (string?)f.Group.Value)),
        .. objective.Constraints.Select(c => (c.Metric.Value, c.Group?.Value)),
    ];

    // Flips are changed decisions.
    private static bool ReadsProbabilitiesAlone(
        ObjectiveSection objective, MetricCatalogue catalogue, ObjectiveFacts facts) =>
        catalogue.Get(facts.Accuracy).NeedsScores && Named(objective).All(named => named.Group is null
            ? catalogue.Get(named.Metric).NeedsScores
            : catalogue.GetFairness(named.Metric) is { NeedsCounterfactuals: false } gap
                && gap.Requires.All(metric => metric.NeedsScores));

    private static string At(string stem, int k) => string.Create(CultureInfo.InvariantCulture, $"{stem}@{k}");
}
