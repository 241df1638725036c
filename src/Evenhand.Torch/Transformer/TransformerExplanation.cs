using Evenhand.Learning;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch;

/// <summary>Tells what a classifier's scores owe to the pieces of a text, and where its layers look.</summary>
internal static class TransformerExplanation
{
    // Points of the line that are computed at once.
    private const int PointsPerBatch = 16;

    // What the values of all pieces may differ by, together, from the difference of the scores, where halving helps.
    private const double Tolerance = 5e-3;
    private const int MostHalvings = 6;

    /// <inheritdoc cref="IGradientTextModel.Integrate"/>
    /// <remarks>The text without pieces has the vectors of the tokens that are added around it in their places, and 0
    /// elsewhere. The line is cut into equal steps, and each counts with the gradient in its middle. What a step is
    /// worth is known: the difference of the scores at its ends. Where the gradient says otherwise the step is halved,
    /// as normalizations change fast where a vector is near 0.</remarks>
    public static IntegratedGradients Integrate(
        TextClassifier classifier, SubwordToken[] pieces, int score, int steps, CancellationToken cancellationToken)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var batch = Batch(pieces);
        var words = classifier.Encoder.Words(batch.Ids);
        var added = Array.ConvertAll(pieces, piece => piece.Text == SubwordToken.Added ? 1f : 0);
        var without = words * tensor(added, [1, pieces.Length, 1]);
        var way = words - without;
        var sum = zeros_like(way);
        var scores = new Dictionary<double, double>();
        List<(double From, double To)> pending =
            [.. Enumerable.Range(0, steps).Select(i => (i / (double)steps, (i + 1) / (double)steps))];
        for (var halvings = 0; pending.Count > 0; halvings++)
        {
            FindScores([.. pending.SelectMany(step => (double[])[step.From, step.To]).Distinct()]);
            var halves = new List<(double From, double To)>();
            foreach (var some in pending.Chunk(PointsPerBatch))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var inner = NewDisposeScope();
                var gradients = Gradients(Array.ConvertAll(some, step => (step.From + step.To) / 2));
                var slopes = (gradients * way).sum([1, 2]).data<float>();
                var lengths = new float[some.Length];
                foreach (var (i, (from, to)) in some.Index())
                {
                    var gap = Math.Abs(scores[to] - scores[from] - (slopes[i] * (to - from)));
                    if (gap <= Tolerance * (to - from) || halvings == MostHalvings)
                    {
                        lengths[i] = (float)(to - from);
                    }
                    else
                    {
                        halves.AddRange([(from, (from + to) / 2), ((from + to) / 2, to)]);
                    }
                }

                sum.add_((gradients * tensor(lengths, [lengths.Length, 1, 1])).sum(0, keepdim: true));
            }

            pending = halves;
        }

        var values = (way * sum).sum(-1).data<float>();
        return new IntegratedGradients(
            scores[0],
            scores[1],
            [.. pieces.Select((piece, i) => new PieceAttribution(piece.Start, piece.End, values[i]))]);

        Tensor Points(double[] places) =>
            without + (way * tensor(Array.ConvertAll(places, place => (float)place), [places.Length, 1, 1]));

        Tensor Scores(Tensor points) =>
            classifier.Classify(points, Types(batch, (int)points.shape[0]), null).Scores.select(1, score);

        Tensor Gradients(double[] places)
        {
            var points = Points(places).requires_grad_(true);
            using var recording = enable_grad();
            return autograd.grad([Scores(points).sum()], [points])[0];
        }

        void FindScores(double[] places)
        {
            foreach (var some in places.Where(place => !scores.ContainsKey(place)).ToArray().Chunk(PointsPerBatch))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var inner = NewDisposeScope();
                var found = Scores(Points(some)).contiguous().data<float>();
                foreach (var (i, place) in some.Index())
                {
                    scores.Add(place, found[i]);
                }
            }
        }
    }

    /// <inheritdoc cref="IGradientTextModel.Attention"/>
    public static TextAttention Attention(
        TextClassifier classifier, SubwordTokenizer tokenizer, string text, SubwordToken[] pieces)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var batch = Batch(pieces);
        var maps = new List<Tensor>();
        classifier.Classify(classifier.Encoder.Words(batch.Ids), batch.Types, null, maps);
        var weights = maps.SelectMany(map => map.contiguous().data<float>().ToArray()).ToArray();
        return new TextAttention(
            text,
            [.. pieces.Select(p => new AttentionPiece(tokenizer.TokenOf(p.Id) ?? "", p.Start, p.End))],
            maps.Count,
            (int)maps[0].shape[1],
            weights);
    }

    private static TokenBatch Batch(SubwordToken[] pieces) =>
        new TrainingTexts(TokenizedTexts.Of([pieces]), 0).Batch([0], CPU);

    private static Tensor? Types(TokenBatch batch, int rows) =>
        batch.Types?.expand(rows, batch.Types.shape[1]);
}
