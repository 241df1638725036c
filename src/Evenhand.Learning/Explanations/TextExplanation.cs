namespace Evenhand.Learning.Explanations;

/// <summary>Which tokens of a text speak for a class and which against, and by how much.</summary>
/// <remarks><see cref="BaseValue"/>, the attributions of all <see cref="Tokens"/> and <see cref="Remainder"/> sum to
/// <see cref="Prediction"/>.</remarks>
public sealed record TextExplanation
{
    /// <summary>The explained text; empty where it was missing.</summary>
    public required string Text { get; init; }

    /// <summary>The tokens, in the order of the text and without overlap.</summary>
    public required IReadOnlyList<TokenAttribution> Tokens { get; init; }

    /// <summary>The class that positive attributions speak for.</summary>
    public required string Class { get; init; }

    /// <summary>How it was made; never <see cref="ExplanationMethod.Auto"/>.</summary>
    public required ExplanationMethod Method { get; init; }

    /// <summary>What is shared out; the unit of all attributions.</summary>
    public required ExplainedQuantity Quantity { get; init; }

    /// <summary>The value where nothing is known of the text: the local model's intercept (LIME), that of the text
    /// without tokens (occlusion, integrated gradients), the mean of the training texts (SHAP; of the empty text for
    /// models that do not keep it).</summary>
    public required double BaseValue { get; init; }

    /// <summary>The model's value for the text.</summary>
    public required double Prediction { get; init; }

    /// <summary>The model's probability of the class; equal to <see cref="Prediction"/> where that is what is
    /// explained.</summary>
    public required double Probability { get; init; }

    /// <summary>How far the explanation can be trusted; null where the method is exact or has no such
    /// figure.</summary>
    public ExplanationQuality? Quality { get; init; }

    /// <summary>What no token carries: the error of the local model (LIME), the joint effects of tokens (occlusion),
    /// words that training texts have and this one lacks (SHAP), the error of the sum (integrated
    /// gradients).</summary>
    public double Remainder => Prediction - BaseValue - Tokens.Sum(token => token.Value);

    /// <summary>The tokens that weigh most, whichever way, the heaviest first; of equals the first in the
    /// text.</summary>
    /// <param name="count">How many at most.</param>
    public IEnumerable<TokenAttribution> Top(int count) =>
        Tokens.OrderByDescending(token => Math.Abs(token.Value)).Take(count);
}

/// <summary>A token of a text, and what it adds to the explained value.</summary>
/// <param name="Token">As it stands in the text.</param>
/// <param name="Start">Index of its first UTF-16 unit in the text.</param>
/// <param name="End">Index behind its last.</param>
/// <param name="Value">Positive where the token speaks for the class, in the unit of
/// <see cref="TextExplanation.Quantity"/>.</param>
public sealed record TokenAttribution(string Token, int Start, int End, double Value);

/// <summary>A figure of how far an explanation can be trusted.</summary>
/// <param name="Name">"local R2": share of the predictions' variance around the text, weighted by nearness, that the
/// local model accounts for; 1 is best. "completeness gap": absolute difference between the sum of integrated gradients
/// and the change of the score; 0 is best.</param>
/// <param name="Value">The figure.</param>
public sealed record ExplanationQuality(string Name, double Value);
