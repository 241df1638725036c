namespace Evenhand.Learning;

/// <summary>What an experiment predicts.</summary>
public enum TaskKind
{
    /// <summary>The rating that a user gives an item.</summary>
    RatingPrediction,

    /// <summary>The items that a user turns to next, as a ranked list.</summary>
    TopN,

    /// <summary>The class of a text.</summary>
    TextClassification,
}
