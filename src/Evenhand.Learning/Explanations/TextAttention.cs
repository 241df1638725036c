namespace Evenhand.Learning.Explanations;

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
        ReadLength = text.Length;
        Pieces = pieces;
        Layers = layers;
        Heads = heads;
        _weights = weights;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>How many UTF-16 units of the text, from its start, the model reads.</summary>
    /// <value>The length of the text; less where the text has more pieces than the model has places.</value>
    public int ReadLength { get; init; }

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

    /// <summary>The pairs of pieces of the text between which a layer's attention is greatest in the mean of its heads,
    /// the greatest first; of equals the first in the text.</summary>
    /// <remarks>Marks are left out: heads that find nothing to look at rest on them (K. Clark, U. Khandelwal, O. Levy,
    /// C. D. Manning, "What does BERT look at?", BlackboxNLP 2019, section 3.2). <see cref="MarkShare"/> says how much
    /// they take.</remarks>
    /// <param name="layer">From 0, nearest to the text.</param>
    /// <param name="count">How many at most.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public IReadOnlyList<AttentionPair> Strongest(int layer, int count)
    {
        var pairs = new List<AttentionPair>();
        for (var from = 0; from < Pieces.Count; from++)
        {
            for (var to = 0; to < Pieces.Count; to++)
            {
                if (!Pieces[from].IsMark && !Pieces[to].IsMark)
                {
                    pairs.Add(Pair(layer, from, to));
                }
            }
        }

        return [.. pairs.OrderByDescending(pair => pair.Mean).Take(count)];
    }

    /// <summary>The share of a layer's attention that marks get, over all pieces and heads; in [0, 1].</summary>
    /// <param name="layer">From 0, nearest to the text.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public double MarkShare(int layer)
    {
        var share = 0.0;
        for (var head = 0; head < Heads; head++)
        {
            for (var from = 0; from < Pieces.Count; from++)
            {
                var weights = Weights(layer, head, from);
                for (var to = 0; to < weights.Length; to++)
                {
                    share += Pieces[to].IsMark ? weights[to] : 0;
                }
            }
        }

        return share / Math.Max(1, (long)Heads * Pieces.Count);
    }

    private AttentionPair Pair(int layer, int from, int to)
    {
        var (sum, head, largest) = (0.0, 0, 0f);
        for (var h = 0; h < Heads; h++)
        {
            var weight = Weights(layer, h, from)[to];
            sum += weight;
            (head, largest) = weight > largest ? (h, weight) : (head, largest);
        }

        return new AttentionPair(from, to, sum / Heads, head, largest);
    }
}

/// <summary>A piece of a text as a transformer reads it.</summary>
/// <param name="Token">As the model's vocabulary has it.</param>
/// <param name="Start">Index of its first UTF-16 unit in the text.</param>
/// <param name="End">Index behind its last; equal to <paramref name="Start"/> for marks that the model adds.</param>
public sealed record AttentionPiece(string Token, int Start, int End)
{
    /// <summary>Whether the model has added the piece, such as <c>[CLS]</c>.</summary>
    public bool IsMark => Start == End;
}

/// <summary>What one piece of a text pays to another in a layer.</summary>
/// <param name="From">The attending piece.</param>
/// <param name="To">The attended piece.</param>
/// <param name="Mean">The weight, in the mean of the heads.</param>
/// <param name="Head">The head that pays most, from 0.</param>
/// <param name="Largest">What it pays.</param>
public sealed record AttentionPair(int From, int To, double Mean, int Head, double Largest);
