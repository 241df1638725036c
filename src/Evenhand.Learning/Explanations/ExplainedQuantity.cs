namespace Evenhand.Learning.Explanations;

/// <summary>What of a prediction an explanation shares out.</summary>
public enum ExplainedQuantity
{
    /// <summary>The probability of the class, in [0, 1].</summary>
    Probability,

    /// <summary>The score of the class before it becomes a probability: the log-odds where there are two classes or any
    /// number of labels, the input of softmax where there are several classes.</summary>
    Score,
}
