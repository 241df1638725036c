using Evenhand.Learning;
using static TorchSharp.torch;

namespace Evenhand.Torch;

/// <summary>What a classifier's scores of one text owe to its pieces, and where its layers look.</summary>
internal sealed class TransformerExplanations
{
    // Tokens of a batch: as many as at prediction.
    private const int TokensPerBatch = 4096;

    private readonly TextClassifier _classifier;
    private readonly SubwordTokenizer _tokenizer;
    private readonly string _text;
    private readonly SubwordToken[] _tokens;

    /// <param name="classifier">The classifier.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="text">The text.</param>
    /// <param name="maximumLength">Most tokens; the rest is cut off.</param>
    public TransformerExplanations(
        TextClassifier classifier, SubwordTokenizer tokenizer, string text, int maximumLength)
    {
        _classifier = classifier;
        _tokenizer = tokenizer;
        _text = text;
        _tokens = tokenizer.Encode(text, maximumLength);
        set_num_threads(1);
    }

    /// <summary>Integrated gradients (Sundararajan, Taly, Yan 2017, eq. 1 and 3) by the midpoint rule, over the word
    /// vectors: from those of a text of padding, between the same tokens at the ends and in the same places.</summary>
    /// <param name="score">Index of the score.</param>
    /// <param name="steps">Points on the line.</param>
    /// <param name="cancellationToken">Polled before each batch of points.</param>
    public IntegratedGradients Integrate(int score, int steps, CancellationToken cancellationToken)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var padding = _classifier.Encoder.Config.PaddingId;
        var words = Words(token => token.Id);
        var start = Words(token => token.Text == SubwordToken.Added ? token.Id : padding);
        var direction = words - start;
        var sum = zeros_like(direction);
        var batch = Math.Max(1, TokensPerBatch / _tokens.Length);
        for (var from = 0; from < steps; from += batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var points = new float[Math.Min(batch, steps - from)];
            for (var i = 0; i < points.Length; i++)
            {
                points[i] = (from + i + 0.5f) / steps;
            }

            var at = (start + (tensor(points, [points.Length, 1, 1]) * direction)).requires_grad_();
            using var recording = enable_grad();
            var scores = Scores(at).select(1, score).sum();
            sum.add_(autograd.grad([scores], [at])[0].sum(0, keepdim: true));
        }

        var values = (sum * direction / steps).sum(-1).data<float>().ToArray();
        var pieces = new List<PieceAttribution>(_tokens.Length);
        foreach (var (i, token) in _tokens.Index())
        {
            if (token.Text != SubwordToken.Added)
            {
                pieces.Add(new PieceAttribution(token.Start, token.End, values[i]));
            }
        }

        return new IntegratedGradients(Score(start), Score(words), pieces);

        double Score(Tensor at) => Scores(at)[0, score].item<float>();
    }

    /// <summary>The attention of every token to every token.</summary>
    public TextAttention Attention()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var maps = new List<Tensor>();
        _classifier.Classify(Words(token => token.Id), Types(1), null, maps);
        return new TextAttention(
            _text,
            [.. _tokens.Select(token => new AttentionPiece(
                _tokenizer.TokenOf(token.Id) ?? "", token.Start, token.End))],
            maps.Count,
            _classifier.Encoder.Config.NumberOfHeads,
            cat(maps).contiguous().data<float>().ToArray());
    }

    private Tensor Words(Func<SubwordToken, int> id) =>
        _classifier.Encoder.Words(tensor(Array.ConvertAll(_tokens, token => (long)id(token)), [1, _tokens.Length]));

    private Tensor Scores(Tensor words) => _classifier.Classify(words, Types((int)words.shape[0]), null).Scores;

    private Tensor? Types(int rows) => _tokens.All(token => token.Segment == 0)
        ? null
        : tensor(Array.ConvertAll(_tokens, token => (long)token.Segment), [1, _tokens.Length]).expand(rows, -1);
}
