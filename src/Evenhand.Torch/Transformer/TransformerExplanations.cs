using Evenhand.Learning.Explanations;
using Evenhand.Tokenization;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Runtime;
using static TorchSharp.torch;

namespace Evenhand.Torch.Transformer;

/// <summary>What a classifier's scores of one text owe to its pieces, and where its layers look.</summary>
internal sealed class TransformerExplanations
{
    // Tokens of a batch: as many as at prediction.
    private const int TokensPerBatch = 4096;

    // What the values of all pieces may differ by, together, from the difference of the scores, where halving helps.
    private const double Tolerance = 5e-3;
    private const int MostHalvings = 6;

    private readonly TextClassifier _classifier;
    private readonly SubwordTokenizer _tokenizer;
    private readonly string _text;
    private readonly SubwordToken[] _tokens;

    /// <param name="classifier">The classifier.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="text">The text.</param>
    /// <param name="tokens">Its tokens, with those that are added at the ends.</param>
    public TransformerExplanations(
        TextClassifier classifier, SubwordTokenizer tokenizer, string text, SubwordToken[] tokens)
    {
        _classifier = classifier;
        _tokenizer = tokenizer;
        _text = text;
        _tokens = tokens;
        set_num_threads(1);
    }

    /// <summary>Integrated gradients (Sundararajan, Taly, Yan 2017, eq. 1 and 3) by the midpoint rule, over the word
    /// vectors: from those of a text of padding, between the same tokens at the ends and in the same places.</summary>
    /// <remarks>By their fundamental theorem a part of the line is worth the difference of the scores at its ends.
    /// Parts whose gradient in the middle says otherwise are halved, as normalizations change fast where a vector is
    /// near 0.</remarks>
    /// <param name="score">Index of the score.</param>
    /// <param name="steps">Parts of the line.</param>
    /// <param name="cancellationToken">Polled before each batch.</param>
    public IntegratedGradients Integrate(int score, int steps, CancellationToken cancellationToken)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var padding = _classifier.Encoder.Config.PaddingId;
        var words = Words(token => token.Id);
        var start = Words(token => token.Text == SubwordToken.Added ? token.Id : padding);
        var direction = words - start;
        var sum = zeros_like(direction);
        var scores = new Dictionary<double, double>();
        var parts = Enumerable.Range(0, steps).Select(i => (From: i / (double)steps, To: (i + 1) / (double)steps)).ToList();
        for (var halvings = 0; parts.Count > 0; halvings++)
        {
            FindScores(parts.SelectMany(part => (double[])[part.From, part.To]));
            var halves = new List<(double From, double To)>();
            foreach (var batch in parts.Chunk(BatchSize))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var inner = NewDisposeScope();
                var gradients = Gradients(At(Array.ConvertAll(batch, part => (part.From + part.To) / 2)));
                var slopes = (gradients * direction).sum([1, 2]).data<float>();
                var lengths = new float[batch.Length];
                foreach (var (i, (from, to)) in batch.Index())
                {
                    var length = to - from;
                    var gap = Math.Abs(scores[to] - scores[from] - (slopes[i] * length));
                    if (gap <= Tolerance * length || halvings == MostHalvings)
                    {
                        lengths[i] = (float)length;
                    }
                    else
                    {
                        halves.AddRange([(from, (from + to) / 2), ((from + to) / 2, to)]);
                    }
                }

                sum.AddInPlace((gradients * tensor(lengths, [lengths.Length, 1, 1])).sum(0, keepdim: true));
            }

            parts = halves;
        }

        var values = (sum * direction).sum(-1).data<float>().ToArray();
        var pieces = new List<PieceAttribution>(_tokens.Length);
        foreach (var (i, token) in _tokens.Index())
        {
            if (token.Text != SubwordToken.Added)
            {
                pieces.Add(new PieceAttribution(token.Start, token.End, values[i]));
            }
        }

        return new IntegratedGradients(scores[0], scores[1], pieces);

        Tensor At(double[] points) =>
            start.Plus(tensor(Array.ConvertAll(points, x => (float)x), [points.Length, 1, 1]) * direction);

        Tensor Gradients(Tensor at)
        {
            using var recording = enable_grad();
            at.requires_grad_();
            return autograd.grad([Scores(at).select(1, score).sum()], [at])[0];
        }

        void FindScores(IEnumerable<double> points)
        {
            foreach (var batch in points.Distinct().Where(point => !scores.ContainsKey(point)).ToArray().Chunk(BatchSize))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var inner = NewDisposeScope();
                var found = Scores(At(batch)).select(1, score).contiguous().data<float>();
                foreach (var (i, point) in batch.Index())
                {
                    scores.Add(point, found[i]);
                }
            }
        }
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
            cat(maps).contiguous().data<float>().ToArray())
        {
            ReadLength = ReadLength(),
        };
    }

    private int ReadLength()
    {
        var read = _tokens.Where(token => token.Text == 0).ToArray();
        return read.Length == _tokenizer.Tokenize(_text).Length ? _text.Length
            : read.Length == 0 ? 0
            : read[^1].End;
    }

    private int BatchSize => Math.Max(1, TokensPerBatch / _tokens.Length);

    private Tensor Words(Func<SubwordToken, int> id) =>
        _classifier.Encoder.Words(tensor(Array.ConvertAll(_tokens, token => (long)id(token)), [1, _tokens.Length]));

    private Tensor Scores(Tensor words) => _classifier.Classify(words, Types((int)words.shape[0]), null).Scores;

    private Tensor? Types(int rows) => _tokens.All(token => token.Segment == 0)
        ? null
        : tensor(Array.ConvertAll(_tokens, token => (long)token.Segment), [1, _tokens.Length]).expand(rows, -1);
}
