namespace Evenhand.Learning.Recommendation;

/// <summary>A model that scores items for users who were not in its training data, from their choices alone and without
/// being fitted again.</summary>
public interface IFoldIn
{
    /// <summary>Whether it scores by the labels of the choices (ratings), so that none may be left out.</summary>
    bool NeedsLabels { get; }

    /// <summary>Scores all items for a user with the given choices, as <see cref="RecommenderModel.Score"/> does for a
    /// user of the training data.</summary>
    /// <param name="items">Distinct item codes in the model's catalogue, ascending.</param>
    /// <param name="labels">The label of each choice; empty where choices have none, which a model of implicit feedback
    /// takes as equal.</param>
    /// <param name="scores">Receives one score for each item code.</param>
    /// <exception cref="ArgumentException">A code is out of range or out of order, or the lengths do not
    /// fit.</exception>
    void Score(ReadOnlySpan<int> items, ReadOnlySpan<double> labels, Span<double> scores);
}
