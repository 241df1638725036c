namespace Evenhand.Metrics;

/// <summary>All that a reader needs to know of a metric; <c>docs/metrics.md</c> is made of these cards.</summary>
public sealed record FormulaCard
{
    /// <summary>Name that users type, in kebab-case, such as <c>balanced-accuracy</c> or <c>ndcg@10</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name in prose.</summary>
    public required string Title { get; init; }

    /// <summary>The formula as plain text.</summary>
    public required string Formula { get; init; }

    /// <summary>Smallest possible value.</summary>
    public required double Low { get; init; }

    /// <summary>Largest possible value; positive infinity where there is none.</summary>
    public required double High { get; init; }

    /// <summary>Which way is better.</summary>
    public required MetricDirection Direction { get; init; }

    /// <summary>How rows become one figure, such as <c>mean over users</c>.</summary>
    public required string Aggregation { get; init; }

    /// <summary>The paper or book that defines it, with equation where there is one.</summary>
    public required string Source { get; init; }

    /// <summary>The same figure in a library, such as <c>scikit-learn: sklearn.metrics.f1_score</c>.</summary>
    /// <value>Null where no library computes the same figure.</value>
    public string? EqualTo { get; init; }

    /// <summary>How its bounds are made, with the source.</summary>
    public string Bounds { get; init; } = "";

    /// <summary>When it is undefined, and what else to know.</summary>
    /// <value>Empty.</value>
    public string Notes { get; init; } = "";
}
