namespace Evenhand.Data.Descriptors;

/// <summary>What a data set is good for.</summary>
public enum DatasetTask
{
    /// <summary>The rating that a user gives an item.</summary>
    RatingPrediction,

    /// <summary>The items that a user turns to next.</summary>
    TopN,

    /// <summary>Which of two classes a text belongs to.</summary>
    TextClassification,

    /// <summary>Which of several classes a text belongs to.</summary>
    MulticlassTextClassification,

    /// <summary>Which labels a text has, any number of them.</summary>
    MultiLabelTextClassification,

    /// <summary>The class of a row of features, such as churn or credit risk.</summary>
    TabularClassification,

    /// <summary>A number from a row of features, such as spending.</summary>
    TabularRegression,

    /// <summary>The future value of a customer from past purchases.</summary>
    LifetimeValue,
}
