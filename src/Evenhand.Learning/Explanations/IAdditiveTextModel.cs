namespace Evenhand.Learning;

/// <summary>A text model whose scores, before they become probabilities, are sums over the n-grams of the
/// text.</summary>
internal interface IAdditiveTextModel
{
    /// <summary>The classes; <see cref="TextClasses.ScoreCount"/> says how many scores there are.</summary>
    TextClasses Classes { get; }

    /// <summary>Whether the scores of this very model are sums: a model that splits its classes by a tree has none that
    /// are.</summary>
    bool HasAdditiveScores => true;

    /// <summary>A score taken apart: its constant, and what each n-gram of the text adds to it, in any order. They sum
    /// to the score that <see cref="Model.Predict"/> turns into a probability.</summary>
    /// <param name="text">The text as the data has it; positions refer to it and to no cleaned form.</param>
    /// <param name="score">Index of the score; 0 is the log-odds where there are two classes.</param>
    AdditiveScore Contributions(string text, int score);
}
