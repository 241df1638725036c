using Evenhand.Learning.Classes;

namespace Evenhand.Learning.Explanations;

/// <summary>A text model whose scores, before they become probabilities, are sums over the n-grams of the
/// text.</summary>
public interface IAdditiveTextModel
{
    /// <summary>The classes; <see cref="LabelClasses.ScoreCount"/> says how many scores there are.</summary>
    LabelClasses Classes { get; }

    /// <summary>The scores of a text taken apart.</summary>
    /// <param name="text">The text as the data has it; positions refer to it and to no cleaned form. Null is an empty
    /// text.</param>
    LinearContributions Contributions(string? text);
}
