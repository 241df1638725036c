using Evenhand.Metrics;

namespace Evenhand.Experiments.Plans;

/// <summary>The objective, in parts and in words.</summary>
public sealed record ObjectiveFacts
{
    /// <summary><c>composite</c>, <c>constrained</c> or <c>pareto</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Name of the accuracy metric.</summary>
    public required string Accuracy { get; init; }

    /// <summary>Whether a larger accuracy figure is better.</summary>
    public required bool AccuracyMaximize { get; init; }

    /// <summary>Names of the figures that the objective reads besides accuracy: fairness figures, and metrics of all
    /// rows where a Pareto objective names them.</summary>
    public required IReadOnlyList<string> Fairness { get; init; }

    /// <summary>The fairness figures for which larger is better (ratios).</summary>
    public required IReadOnlyList<string> FairnessMaximize { get; init; }

    /// <summary>The limits that a feasible trial keeps, such as <c>rmse-difference(gender) &lt;= 0.05</c>.</summary>
    /// <value>none</value>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>Those of <see cref="Fairness"/> that are gaps between groups.</summary>
    /// <value>none</value>
    internal IReadOnlyList<MeasureName> Gaps { get; init; } = [];

    /// <summary>Whether more of a figure that the objective reads is better.</summary>
    internal bool Maximizes(string name) => name == Accuracy ? AccuracyMaximize : FairnessMaximize.Contains(name);

    /// <summary>The objective as a formula, such as <c>minimize rmse + 0.5 * rmse-difference(gender)</c>.</summary>
    public required string Text { get; init; }
}
