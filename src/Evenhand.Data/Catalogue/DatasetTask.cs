namespace Evenhand.Data;

/// <summary>What a data set is good for.</summary>
public enum DatasetTask
{
    /// <summary>The rating that a user gives an item.</summary>
    RatingPrediction,

    /// <summary>The items that a user turns to next.</summary>
    TopN,

    /// <summary>The class of a text.</summary>
    TextClassification,

    /// <summary>The class of a row of features, such as churn or credit risk.</summary>
    TabularClassification,

    /// <summary>A number from a row of features, such as spending.</summary>
    TabularRegression,

    /// <summary>The future value of a customer from past purchases.</summary>
    LifetimeValue,
}
