namespace Evenhand.Learning;

/// <summary>A score as a constant and a sum over the n-grams of a text.</summary>
/// <param name="Constant">What a text without any known n-gram gets.</param>
/// <param name="Ngrams">What each occurrence of an n-gram adds.</param>
internal sealed record AdditiveScore(double Constant, IReadOnlyList<NgramContribution> Ngrams);

/// <summary>What one occurrence of an n-gram adds to a score.</summary>
/// <param name="Start">Index of its first UTF-16 unit in the text.</param>
/// <param name="End">Index behind its last; equal to <paramref name="Start"/> where it has no place in the text, as a
/// mark of the end of all texts.</param>
/// <param name="Feature">What the model counts it as; equal for equal n-grams in all texts.</param>
/// <param name="Value">Weight of the feature times this occurrence's share of its value in the text.</param>
internal readonly record struct NgramContribution(int Start, int End, int Feature, double Value);
