using Evenhand.Learning;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch;

/// <summary>Tells what a classifier's scores owe to the pieces of a text, and where its layers look.</summary>
internal static class TransformerExplanation
{
    // Points of the line that are computed at once.
    private const int PointsPerBatch = 16;

    /// <inheritdoc cref="IGradientTextModel.Integrate"/>
    /// <remarks>The text without pieces has the vectors of the tokens that are added around it in their places, and 0
    /// elsewhere. The integral is the mean over the middles of equal steps.</remarks>
    public static IntegratedGradients Integrate(
        TextClassifier classifier, SubwordToken[] pieces, int score, int steps, CancellationToken cancellationToken)
    {
        using var scope = NewDisposeScope();
        var batch = Batch(pieces);
        Tensor words;
        Tensor without;
        using (no_grad())
        {
            words = classifier.Encoder.Words(batch.Ids);
            var added = Array.ConvertAll(pieces, piece => piece.Text == SubwordToken.Added ? 1f : 0);
            without = words * tensor(added, [1, pieces.Length, 1]);
        }

        var way = words - without;
        var sum = zeros_like(way);
        for (var first = 0; first < steps; first += PointsPerBatch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var count = Math.Min(PointsPerBatch, steps - first);
            var places = new float[count];
            for (var i = 0; i < count; i++)
            {
                places[i] = (first + i + 0.5f) / steps;
            }

            var points = (without + (way * tensor(places, [count, 1, 1]))).detach().requires_grad_(true);
            var scores = classifier.Classify(points, Types(batch, count), null).Scores;
            var gradients = autograd.grad([scores.select(1, score).sum()], [points])[0];
            using var mode = no_grad();
            sum.add_(gradients.sum(0, keepdim: true));
        }

        using var none = no_grad();
        var ends = classifier.Classify(cat([without, words], 0), Types(batch, 2), null).Scores;
        var values = (way * sum / steps).sum(-1).data<float>();
        return new IntegratedGradients(
            ends[0, score].item<float>(),
            ends[1, score].item<float>(),
            [.. pieces.Select((piece, i) => new PieceAttribution(piece.Start, piece.End, values[i]))]);
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
