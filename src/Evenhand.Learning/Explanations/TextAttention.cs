namespace Evenhand.Learning;

/// <summary>The attention that the pieces of a text pay to each other in a transformer.</summary>
/// <remarks>Attention tells where a layer looks, not what the prediction owes to a piece (S. Jain, B. C. Wallace,
/// "Attention is not explanation", NAACL 2019); attributions do.</remarks>
public sealed class TextAttention
{
    private readonly float[] _weights;

    /// <summary>Wraps the weights without copying them; the caller must not change them afterwards.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pieces">The pieces in the model's order, marks such as <c>[CLS]</c> among them.</param>
    /// <param name="layers">Number of layers.</param>
    /// <param name="heads">Heads of each layer.</param>
    /// <param name="weights">By layer, head, attending piece and attended piece; each row sums to 1.</param>
    /// <exception cref="ArgumentException">There are not layers * heads * pieces^2 weights.</exception>
    public TextAttention(
        string text, IReadOnlyList<AttentionPiece> pieces, int layers, int heads, float[] weights)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(pieces);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        if (weights.LongLength != (long)layers * heads * pieces.Count * pieces.Count)
        {
            throw new ArgumentException(
                $"{weights.Length} weights do not fit {layers} layers of {heads} heads over {pieces.Count} pieces.",
                nameof(weights));
        }

        Text = text;
        Pieces = pieces;
        Layers = layers;
        Heads = heads;
        _weights = weights;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The pieces in the model's order, marks that the model adds among them.</summary>
    public IReadOnlyList<AttentionPiece> Pieces { get; }

    /// <summary>Number of layers.</summary>
    public int Layers { get; }

    /// <summary>Heads of each layer.</summary>
    public int Heads { get; }

    /// <summary>The weights with which a piece attends to each, in [0, 1].</summary>
    /// <param name="layer">From 0, nearest to the text.</param>
    /// <param name="head">From 0.</param>
    /// <param name="piece">The attending piece.</param>
    /// <returns>One weight for each piece; they sum to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer, head or piece.</exception>
    public ReadOnlySpan<float> Weights(int layer, int head, int piece)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)layer, (uint)Layers);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)head, (uint)Heads);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)piece, (uint)Pieces.Count);
        return _weights.AsSpan(((((layer * Heads) + head) * Pieces.Count) + piece) * Pieces.Count, Pieces.Count);
    }
}

/// <summary>A piece of a text as a transformer reads it.</summary>
/// <param name="Token">As the model's vocabulary has it.</param>
/// <param name="Start">Index of its first UTF-16 unit in the text.</param>
/// <param name="End">Index behind its last; equal to <paramref name="Start"/> for marks that the model adds.</param>
public sealed record AttentionPiece(string Token, int Start, int End);
