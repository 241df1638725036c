namespace Evenhand.Metrics.Catalogue;

/// <summary>What the cards of a family of metrics share, to which each adds its own.</summary>
internal sealed record CardTemplate
{
    /// <inheritdoc cref="FormulaCard.Name"/>
    public string Name { get; init; } = "";

    /// <inheritdoc cref="FormulaCard.Title"/>
    public string Title { get; init; } = "";

    /// <inheritdoc cref="FormulaCard.Formula"/>
    public string Formula { get; init; } = "";

    /// <inheritdoc cref="FormulaCard.Low"/>
    public double Low { get; init; }

    /// <inheritdoc cref="FormulaCard.High"/>
    public double High { get; init; } = 1;

    /// <inheritdoc cref="FormulaCard.Direction"/>
    public required MetricDirection Direction { get; init; }

    /// <inheritdoc cref="FormulaCard.Aggregation"/>
    public required string Aggregation { get; init; }

    /// <inheritdoc cref="FormulaCard.Source"/>
    public string Source { get; init; } = "";

    /// <inheritdoc cref="FormulaCard.EqualTo"/>
    public string? EqualTo { get; init; }

    /// <inheritdoc cref="FormulaCard.Bounds"/>
    public string Bounds { get; init; } = "";

    /// <inheritdoc cref="FormulaCard.Notes"/>
    public string Notes { get; init; } = "";

    /// <summary>The card, once nothing is missing.</summary>
    /// <exception cref="InvalidOperationException">Name, title, formula or source is.</exception>
    public static implicit operator FormulaCard(CardTemplate template) => new()
    {
        Name = template.Given(template.Name),
        Title = template.Given(template.Title),
        Formula = template.Given(template.Formula),
        Low = template.Low,
        High = template.High,
        Direction = template.Direction,
        Aggregation = template.Aggregation,
        Source = template.Given(template.Source),
        EqualTo = template.EqualTo,
        Bounds = template.Bounds,
        Notes = template.Notes,
    };

    private string Given(string text) =>
        text.Length > 0 ? text : throw new InvalidOperationException($"The card of '{Name}' is not complete: {this}.");
}
