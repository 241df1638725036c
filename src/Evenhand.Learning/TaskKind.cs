namespace Evenhand.Learning;

/// <summary>What an experiment predicts.</summary>
public enum TaskKind
{
    /// <summary>The rating that a user gives an item.</summary>
    RatingPrediction,

    /// <summary>The items that a user turns to next, as a ranked list.</summary>
    TopN,

    /// <summary>Which of two classes a text belongs to; the label is 1 or 0.</summary>
    TextClassification,

    /// <summary>Which of several classes a text belongs to; the label is a category.</summary>
    MulticlassTextClassification,

    /// <summary>Which of several labels a text has, any number of them; the label is a set of categories.</summary>
    MultiLabelTextClassification,

    /// <summary>Which of two classes a row of features belongs to (churn, credit risk); the label is 1 or 0.</summary>
    TabularClassification,

    /// <summary>Which of several classes a row of features belongs to; the label is a category.</summary>
    TabularMulticlassClassification,

    /// <summary>A number from a row of features, such as spending.</summary>
    TabularRegression,
}
