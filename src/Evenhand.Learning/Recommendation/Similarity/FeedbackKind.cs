namespace Evenhand.Learning.Recommendation.Similarity;

/// <summary>What a row of training data says of a user and an item.</summary>
public enum FeedbackKind
{
    /// <summary>A rating: the label is how much the user likes the item.</summary>
    Explicit,

    /// <summary>A choice: the label, if there is one, is not read.</summary>
    Implicit,
}
