using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;

namespace Evenhand.Experiments.Files;

/// <summary>What counts as good: one accuracy metric with penalties or constraints, or several metrics side by
/// side.</summary>
[ExactlyOneOf(nameof(Minimize), nameof(Maximize), nameof(Pareto))]
public sealed record ObjectiveSection : IOptionsRecord
{
    /// <summary>The accuracy metric where less is better, such as <c>rmse</c>.</summary>
    /// <value>none; exactly one of minimize, maximize and pareto is given</value>
    [Names(NameKind.Metric)]
    public Located<string>? Minimize { get; init; }

    /// <summary>The accuracy metric where more is better, such as <c>accuracy</c>.</summary>
    /// <value>none; exactly one of minimize, maximize and pareto is given</value>
    [Names(NameKind.Metric)]
    public Located<string>? Maximize { get; init; }

    /// <summary>Two or more metrics of equal rank; the first is the accuracy metric. The result is the set of best
    /// trade-offs.</summary>
    /// <value>none; exactly one of minimize, maximize and pareto is given</value>
    [MinLength(2)]
    public IReadOnlyList<MeasureReference>? Pareto { get; init; }

    /// <summary>Fairness metrics that are weighed against accuracy.</summary>
    /// <value>none: accuracy alone</value>
    public OneOrMany<FairnessPenalty> Fairness { get; init; } = new();

    /// <summary>Limits that a model must keep. The best trial is the best among those that keep them all.</summary>
    /// <value>none</value>
    public OneOrMany<MeasureConstraint> Constraints { get; init; } = new();

    /// <summary>Where the objective starts.</summary>
    public YamlPlace Place { get; init; }

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Contradictions()
    {
        string[] given =
        [
            .. Minimize is null ? Array.Empty<string>() : ["minimize"],
            .. Maximize is null ? Array.Empty<string>() : ["maximize"],
            .. Pareto is null ? Array.Empty<string>() : ["pareto"],
        ];
        if (given.Length != 1)
        {
            var found = given.Length == 0 ? "none" : string.Join(" and ", given);
            yield return new OptionProblem("", $"give exactly one of minimize, maximize and pareto, found {found}");
        }

        if (Pareto is not null && Fairness.Count > 0)
        {
            yield return new OptionProblem(
                "fairness", "goes with minimize or maximize; put the metric in the pareto list");
        }

        if (Pareto is null && Fairness.Count > 0 && Constraints.Count > 0)
        {
            yield return new OptionProblem(
                "constraints", "give penalties (fairness) or limits (constraints), not both");
        }
    }
}

/// <summary>A metric of the objective: <c>rmse</c>, or <c>{ metric: rmse-difference, group: gender }</c>.</summary>
[ShortForm(NameKind.Metric)]
public sealed record MeasureReference : IYamlBound<MeasureReference>
{
    /// <summary>Name of the metric.</summary>
    [Names(NameKind.AnyMetric)]
    public required Located<string> Metric { get; init; }

    /// <summary>The group attribute, for fairness metrics.</summary>
    /// <value>none, for metrics of all rows</value>
    public Located<string>? Group { get; init; }

    /// <inheritdoc/>
    public static MeasureReference? FromYaml(YamlElement element, YamlProblems problems)
    {
        ArgumentNullException.ThrowIfNull(element);
        return element.Kind == YamlKind.Scalar
            ? new MeasureReference { Metric = new Located<string>(element.Text, element.Place) }
            : YamlBinder.BindRecord<MeasureReference>(element, problems);
    }
}

/// <summary>A fairness metric that is weighed against accuracy: weight * distance from parity / scale.</summary>
public sealed record FairnessPenalty
{
    /// <summary>Name of a fairness metric, such as <c>rmse-difference</c>.</summary>
    [Names(NameKind.FairnessMetric)]
    public required Located<string> Metric { get; init; }

    /// <summary>The group attribute; one of those in <c>data.groups</c>.</summary>
    public required Located<string> Group { get; init; }

    /// <summary>Price of one unit of distance from parity, in units of the accuracy metric.</summary>
    /// <value>1</value>
    [Range(0.0, 1e9)]
    public double Weight { get; init; } = 1;

    /// <summary>The distance from parity that counts as one unit.</summary>
    /// <value>1</value>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double Scale { get; init; } = 1;
}

/// <summary>A limit that a model must keep, on a fairness metric or on a metric of all rows.</summary>
[ExactlyOneOf(nameof(AtMost), nameof(AtLeast))]
public sealed record MeasureConstraint : IOptionsRecord
{
    /// <summary>Name of the metric, such as <c>equal-opportunity-difference</c>.</summary>
    [Names(NameKind.AnyMetric)]
    public required Located<string> Metric { get; init; }

    /// <summary>The group attribute, for fairness metrics; one of those in <c>data.groups</c>.</summary>
    /// <value>none, for metrics of all rows</value>
    public Located<string>? Group { get; init; }

    /// <summary>Largest allowed value, for metrics where less is better.</summary>
    /// <value>none; exactly one of atMost and atLeast is given</value>
    public double? AtMost { get; init; }

    /// <summary>Smallest allowed value, for metrics where more is better, such as ratios.</summary>
    /// <value>none; exactly one of atMost and atLeast is given</value>
    public double? AtLeast { get; init; }

    /// <summary>The distance from the limit that counts as one unit where several limits are missed.</summary>
    /// <value>1</value>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double Scale { get; init; } = 1;

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Contradictions()
    {
        if (AtMost is null == AtLeast is null)
        {
            yield return new OptionProblem("", "give exactly one of atMost and atLeast");
        }

        foreach (var (limit, name) in new[] { (AtMost, "atMost"), (AtLeast, "atLeast") })
        {
            if (limit is { } value && !double.IsFinite(value))
            {
                yield return new OptionProblem(name, "must be finite");
            }
        }
    }
}
