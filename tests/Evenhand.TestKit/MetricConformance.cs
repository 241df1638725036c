using System.Text.RegularExpressions;
using Evenhand.Configuration.Randomness;
using Evenhand.Metrics;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Evenhand.TestKit;

/// <summary>What every metric and fairness metric must do. A new one passes all of it or is not in the
/// catalogue.</summary>
public static partial class MetricConformance
{
    private const int Rows = 300;
    private const double Rounding = 1e-9;

    // Of these, neither end is better in itself, or another quality than accuracy is measured.
    private static readonly string[] Neutral =
    [
        "selection-rate", "base-rate", "mean-error", "item-coverage", "tail-coverage", "gini", "shannon-entropy",
        "exposure-gini", "ee-d", "novelty", "average-popularity", "long-tail-share", "long-tail-count",
        "intra-list-diversity", "pop-reo", "pop-rsp", "exposure", "geometric-exposure", "exposure-share",
        "recommendation-share", "recommendation-rate", "exposure-to-merit", "impact-to-merit", "target-exposure-share",
        "fa-ir", "merit-share", "catalogue-share", "calibration-in-the-large",
    ];

    // Equal groups do not make these 0 or 1.
    private static readonly string[] WithoutParity =
    [
        "group-ee-d", "group-ee-r", "subgroup-auc-mean", "bpsn-auc-mean", "bnsp-auc-mean", "bias-auc",
        "counterfactual-flip-rate", "counterfactual-token-fairness-gap",
    ];

    // These look at each group by itself and compare none.
    private static readonly string[] OfSingleGroups =
        ["subgroup-auc-mean", "counterfactual-flip-rate", "counterfactual-token-fairness-gap"];

    // These compare a group with the rows outside, and a group of all rows has none.
    private static readonly string[] OfBackground = ["bpsn-auc-worst-group", "bnsp-auc-worst-group"];

    /// <summary>Runs every check that applies to a metric of one population.</summary>
    public static void Check(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        CheckCard(metric.Card);
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new SeedTree(seed).Fork(metric.Name).CreateRandom();
            var data = EvaluationSamples.Create(metric.Kind, Rows, random);
            var groups = EvaluationSamples.Groups("g", Rows, 4, random);
            CheckFigures(metric, Report(metric, data, groups));
            CheckPermutation(metric, data, groups, random);
            CheckWeights(metric, data, random);
            CheckDirection(metric, data);
        }

        CheckEmpty(metric);
        CheckSingleRow(metric);
    }

    /// <summary>Runs every check that applies to a fairness metric.</summary>
    public static void Check(FairnessMetric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        CheckCard(metric.Card);
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new SeedTree(seed).Fork(metric.Name).CreateRandom();
            var data = EvaluationSamples.Create(metric.Kind, Rows, random);
            var groups = GroupsFor(metric, data, random);
            var value = Fairness(metric, data, groups);
            CheckRange(metric.Name, value, metric.Low, metric.High);
            CheckGroupOrder(metric, data, groups, value.Value);
            CheckMinimumSize(metric, data, groups);
            CheckParity(metric, data);
        }

        var empty = EvaluationSamples.Create(metric.Kind, 0, new SeededRandom(1));
        var none = new GroupCodes("g", new int[metric.OfItems ? EvaluationSamples.CatalogueItems : 0], ["a", "b"]);
        Assert.AreEqual(double.NaN, Fairness(metric, empty, none).Value, metric.Name);
        var alone = EvaluationSamples.Create(metric.Kind, Rows, new SeededRandom(2));
        var all = new int[metric.OfItems ? EvaluationSamples.CatalogueItems : Rows];
        var single = Fairness(metric, alone, new GroupCodes("g", all, ["a"])).Value;
        Assert.AreEqual(
            !(metric.Name.EndsWith("-worst-group", StringComparison.Ordinal) || OfSingleGroups.Contains(metric.Name))
                || OfBackground.Contains(metric.Name),
            double.IsNaN(single),
            $"{metric.Name} of a single group is {single}");
    }

    private static void CheckCard(FormulaCard card)
    {
        Assert.IsTrue(NamePattern().IsMatch(card.Name), $"'{card.Name}' is not kebab-case");
        Assert.IsTrue(card.Low < card.High, $"{card.Name} has an empty range");
        foreach (var text in new[] { card.Title, card.Formula, card.Aggregation, card.Source })
        {
            Assert.AreNotEqual("", text.Trim(), $"{card.Name} has an empty entry on its card");
        }
    }

    private static void CheckFigures(Metric metric, GroupReport report)
    {
        CheckRange(metric.Name, report.Overall[metric.Name], metric.Low, metric.High);
        foreach (var group in GroupsOf(metric, report))
        {
            CheckRange(metric.Name, group.Values[metric.Name], metric.Low, metric.High);
        }
    }

    private static void CheckRange(string name, MetricValue value, double low, double high)
    {
        if (double.IsNaN(value.Value))
        {
            Assert.IsTrue(double.IsNaN(value.Low) && double.IsNaN(value.High), $"{name} is undefined and has bounds");
            return;
        }

        Assert.IsTrue(value.Value >= low - Rounding && value.Value <= high + Rounding, $"{name} is {value.Value}");
        Assert.IsTrue(value.Low >= low - Rounding && value.High <= high + Rounding, $"{name} has bounds {value}");
        Assert.IsTrue(value.Low <= value.Value && value.Value <= value.High, $"{name} has bounds {value}");
    }

    private static void CheckPermutation(Metric metric, EvaluationData data, GroupCodes groups, SeededRandom random)
    {
        var order = random.NextPermutation(data.Count);
        var moved = Report(
            metric,
            EvaluationSamples.Select(data, order),
            groups with { Codes = Array.ConvertAll(order, row => groups.Codes[row]) });
        var report = Report(metric, data, groups);
        AssertClose(metric.Name, report.Overall[metric.Name].Value, moved.Overall[metric.Name].Value);
        foreach (var (before, after) in GroupsOf(metric, report).Zip(GroupsOf(metric, moved)))
        {
            AssertClose(metric.Name, before.Values[metric.Name].Value, after.Values[metric.Name].Value);
        }
    }

    // Weight 2 is the row twice, weight 0 no row at all.
    private static void CheckWeights(Metric metric, EvaluationData data, SeededRandom random)
    {
        double[] weights = [.. Enumerable.Range(0, data.Count).Select(_ => (double)random.Next(3))];
        var weighted = EvaluationSamples.Weigh(data, weights);
        if (ReferenceEquals(weighted, data))
        {
            return;
        }

        int[] repeated =
            [.. Enumerable.Range(0, data.Count).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))];
        AssertClose(
            metric.Name,
            Report(metric, EvaluationSamples.Select(data, repeated)).Overall[metric.Name].Value,
            Report(metric, weighted).Overall[metric.Name].Value);
    }

    private static void CheckDirection(Metric metric, EvaluationData data)
    {
        if (Neutral.Contains(Stem(metric.Name)))
        {
            return;
        }

        var random = Report(metric, data).Overall[metric.Name].Value;
        var perfect = Report(metric, EvaluationSamples.Perfect(data)).Overall[metric.Name].Value;
        Assert.IsTrue(
            metric.Direction == MetricDirection.Maximize ? perfect > random : perfect < random,
            $"{metric.Name}: {perfect} without an error, {random} with errors");
    }

    private static void CheckEmpty(Metric metric)
    {
        var empty = EvaluationSamples.Create(metric.Kind, 0, new SeededRandom(1));
        var report = Report(metric, empty, new GroupCodes("g", [], ["a"]));
        Assert.AreEqual(double.NaN, report.Overall[metric.Name].Value, metric.Name);
        Assert.AreEqual(double.NaN, GroupsOf(metric, report)[0].Values[metric.Name].Value, metric.Name);
        Assert.AreEqual(0, report.Attributes[0].Groups[0].Count);
    }

    private static void CheckSingleRow(Metric metric)
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var data = EvaluationSamples.Create(metric.Kind, 1, new SeededRandom((ulong)seed));
            var value = Report(metric, data, new GroupCodes("g", [0], ["a", "without rows"])).Overall[metric.Name];

            // One row says nothing of its spread, unless it is the one or the other end of the range.
            var isInside = value.Value > metric.Low + Rounding && value.Value < metric.High - Rounding;
            Assert.IsTrue(
                !isInside || (double.IsNaN(value.Low) && double.IsNaN(value.High)),
                $"{metric.Name} of one row has bounds {value}");
            CheckRange(
                metric.Name,
                double.IsNaN(value.Low) ? value with { Low = value.Value, High = value.Value } : value,
                metric.Low,
                metric.High);
        }
    }

    private static void CheckGroupOrder(FairnessMetric metric, EvaluationData data, GroupCodes groups, double value)
    {
        var last = groups.Groups.Count - 1;
        var reversed = groups with
        {
            Codes = Array.ConvertAll(groups.Codes, code => code < 0 ? code : last - code),
            Groups = [.. groups.Groups.Reverse()],
        };
        AssertClose(metric.Name, value, Fairness(metric, data, reversed).Value);
    }

    // Rows of a group that is too small are left out, as rows of unknown group are.
    private static void CheckMinimumSize(FairnessMetric metric, EvaluationData data, GroupCodes groups)
    {
        var unknown = groups with { Codes = [-1, -1, .. groups.Codes[2..]] };
        var small = groups with { Codes = [4, 4, .. groups.Codes[2..]], Groups = [.. groups.Groups, "small"] };
        AssertClose(metric.Name, Fairness(metric, data, unknown).Value, Fairness(metric, data, small).Value);
    }

    // The same rows, or items, in both groups: no difference between them.
    private static void CheckParity(FairnessMetric metric, EvaluationData data)
    {
        if (WithoutParity.Contains(Stem(metric.Name)))
        {
            return;
        }

        var (twice, groups) = metric.OfItems
            ? TwiceTheItems((RankingEvaluation)data)
            : (EvaluationSamples.Select(data, [.. Enumerable.Range(0, 2 * data.Count).Select(i => i % data.Count)]),
                Halves(data.Count));
        var value = Fairness(metric, twice, groups).Value;
        if (metric.Name.EndsWith("-worst-group", StringComparison.Ordinal))
        {
            var required = metric.Requires[0];
            var report = metric.OfItems
                ? Report(required, WithItemGroups(twice, groups))
                : Report(required, twice, groups);
            AssertClose(metric.Name, GroupsOf(required, report)[0].Values[required.Name].Value, value);
            return;
        }

        AssertClose(metric.Name, metric.Direction == MetricDirection.Maximize ? 1 : 0, value);
    }

    private static GroupCodes Halves(int count) =>
        new("g", [.. Enumerable.Range(0, 2 * count).Select(i => i / count)], ["a", "b"]);

    // Every item has a twin; every user has a twin who is shown, has seen and likes the twins.
    private static (EvaluationData Data, GroupCodes Groups) TwiceTheItems(RankingEvaluation data)
    {
        var items = data.Catalogue!.Count;
        int[][] Twice(int[][] lists) =>
            [.. lists, .. lists.Select(list => Array.ConvertAll(list, item => item + items))];
        var twins = new RankingEvaluation([.. data.Users, .. data.Users], Twice(data.Rankings), Twice(data.Relevant))
        {
            Catalogue = new ItemCatalogue(
                [.. data.Catalogue.Popularity, .. data.Catalogue.Popularity], data.Catalogue.TrainingUsers),
            Seen = Twice(data.Seen!),
        };
        return (twins, Halves(items));
    }

    private static GroupCodes GroupsFor(FairnessMetric metric, EvaluationData data, SeededRandom random) =>
        metric.OfItems
            ? ((RankingEvaluation)data).Catalogue!.Groups[0]
            : EvaluationSamples.Groups("g", Rows, 4, random);

    private static RankingEvaluation WithItemGroups(EvaluationData data, GroupCodes groups)
    {
        var ranking = (RankingEvaluation)data;
        return ranking with
        {
            Catalogue = new ItemCatalogue(ranking.Catalogue!.Popularity, ranking.Catalogue.TrainingUsers)
            {
                Groups = [groups],
                Features = ranking.Catalogue.Features,
            },
        };
    }

    private static IReadOnlyList<GroupResult> GroupsOf(Metric metric, GroupReport report) =>
        report.Attributes.First(attribute => attribute.OfItems == metric.OfItems).Groups;

    private static string Stem(string name) => name.Split('@')[0];

    private static GroupReport Report(Metric metric, EvaluationData data, params GroupCodes[] groups) =>
        GroupReport.Compute(data, [metric], groups, Options);

    private static MetricValue Fairness(FairnessMetric metric, EvaluationData data, GroupCodes groups) =>
        (metric.OfItems
            ? GroupReport.Compute(WithItemGroups(data, groups), metric.Requires, [], Options)
            : GroupReport.Compute(data, metric.Requires, [groups], Options)).Fairness(metric, groups.Attribute);

    private static GroupReportOptions Options =>
        new() { Seeds = new SeedTree(7), BootstrapSamples = 50, MinimumGroupSize = 10 };

    private static void AssertClose(string name, double expected, double actual) =>
        Assert.IsTrue(
            (double.IsNaN(expected) && double.IsNaN(actual)) || Math.Abs(expected - actual) < Rounding,
            $"{name}: {expected} and {actual} should be equal");

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*(@[1-9][0-9]*(-[a-z]+)*)?$")]
    private static partial Regex NamePattern();
}
