using Evenhand.Learning.Classes;

namespace Evenhand.Learning.Explanations;

/// <summary>A neural text model that can tell what its scores owe to each piece of the text.</summary>
public interface IGradientTextModel
{
    /// <summary>The classes; <see cref="LabelClasses.ScoreCount"/> says how many scores there are.</summary>
    LabelClasses Classes { get; }

    /// <summary>Integrated gradients of a score along the straight line between the embeddings of a text without
    /// pieces and those of the text (Sundararajan, Taly, Yan 2017, eq. 1 and 3), summed over the dimensions of each
    /// piece's embedding.</summary>
    /// <param name="text">The text as the data has it; positions refer to it.</param>
    /// <param name="score">Index of the score; 0 is the log-odds where there are two classes.</param>
    /// <param name="steps">Points on the line.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    IntegratedGradients Integrate(string text, int score, int steps, CancellationToken cancellationToken);

    /// <summary>The attention that each piece pays to each, in every head of every layer.</summary>
    TextAttention Attention(string text, CancellationToken cancellationToken);
}

/// <summary>Integrated gradients of a text.</summary>
/// <param name="Baseline">The score at the start of the line.</param>
/// <param name="Score">The score of the text.</param>
/// <param name="Pieces">What each piece of the text is worth.</param>
public sealed record IntegratedGradients(
    double Baseline, double Score, IReadOnlyList<PieceAttribution> Pieces);

/// <summary>What a piece of a text, such as part of a word, is worth.</summary>
/// <param name="Start">Index of its first UTF-16 unit in the text.</param>
/// <param name="End">Index behind its last; equal to <paramref name="Start"/> for marks that the model adds.</param>
/// <param name="Value">What it adds to the score.</param>
public readonly record struct PieceAttribution(int Start, int End, double Value);
