using System.Runtime.InteropServices;
using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>Shapley values of the features of a linear text model.</summary>
/// <remarks>
/// <para>A feature j of weight w and value x adds <c>w (x - E[x])</c> to the score, where the expectation is over
/// reference texts and features are taken as independent (S. M. Lundberg, S.-I. Lee, NeurIPS 2017, corollary 1); without
/// reference texts it is 0, the empty text's.</para>
/// <para>These are exact for the linear function of the features. Where a model scales the features of a text to length
/// 1, or to their mean, each depends on all words of the text through that scale: the values hold for the text's own
/// scale, and do not say what the score would be with a word left out, which would scale the others anew.</para>
/// </remarks>
internal sealed class AdditiveExplanation
{
    private readonly IAdditiveTextModel _model;
    private readonly int _score;
    private readonly Dictionary<int, double> _means = [];
    private readonly double _base;

    /// <param name="model">The model.</param>
    /// <param name="score">The score that is explained.</param>
    /// <param name="reference">Reference texts; null for the empty text.</param>
    /// <param name="cancellationToken">Polled for each text.</param>
    public AdditiveExplanation(
        IAdditiveTextModel model, int score, TextColumn? reference, CancellationToken cancellationToken)
    {
        _model = model;
        _score = score;
        if (reference is null || reference.Length == 0)
        {
            HasReference = false;
            return;
        }

        HasReference = true;
        foreach (var text in reference.Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (constant, ngrams) = model.Contributions(text ?? "", score);
            _base += constant / reference.Length;
            foreach (var ngram in ngrams)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_means, ngram.Feature, out _) +=
                    ngram.Value / reference.Length;
            }
        }

        // Ascending, so that the sum does not depend on the order in which features were met.
        foreach (var (_, mean) in _means.OrderBy(m => m.Key))
        {
            _base += mean;
        }
    }

    // Without reference texts the base value is the score of what has no place in the text.
    private bool HasReference { get; }

    /// <summary>Attributions of the tokens, the base value, and the score.</summary>
    public (double[] Values, double Base, double Score) Of(string text, List<(int Start, int End)> tokens)
    {
        var (constant, ngrams) = _model.Contributions(text, _score);
        var occurrences = new Dictionary<int, int>();
        foreach (var ngram in ngrams)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(occurrences, ngram.Feature, out _)++;
        }

        var values = new double[tokens.Count];
        var score = constant;
        var placeless = 0.0;
        foreach (var ngram in ngrams)
        {
            score += ngram.Value;
            var value = ngram.Value
                - (_means.GetValueOrDefault(ngram.Feature) / occurrences[ngram.Feature]);
            if (!TokenShares.Add(values, tokens, ngram.Start, ngram.End, value))
            {
                placeless += value;
            }
        }

        return (values, HasReference ? _base : constant + placeless, score);
    }
}
