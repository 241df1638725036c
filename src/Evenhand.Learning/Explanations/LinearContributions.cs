using Evenhand.Learning.Classes;

namespace Evenhand.Learning.Explanations;

/// <summary>The scores of one text as a sum over its n-grams: the Shapley values of a linear model whose features are
/// taken to be independent (S. Lundberg, S. Lee, "A unified approach to interpreting model predictions", NIPS 2017,
/// corollary 1).</summary>
/// <remarks>
/// Feature j with value x_j contributes <c>w_j (x_j - E[x_j])</c>, in equal parts to each place where it stands, with
/// E over the training texts. Every score is Expected + Absent + the sum of the contributions. Each array has
/// <see cref="LabelClasses.ScoreCount"/> elements.
/// </remarks>
/// <param name="Expected">The mean scores of the training texts.</param>
/// <param name="Absent">What comes of the features that the text does not have, <c>-w_j E[x_j]</c>.</param>
/// <param name="Ngrams">N-grams in the order of the text: characters <c>Start .. End - 1</c>; n-grams that the training
/// texts do not have contribute nothing and are left out.</param>
public sealed record LinearContributions(
    double[] Expected, double[] Absent, IReadOnlyList<(int Start, int End, double[] Contribution)> Ngrams);
