using System.Buffers;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Recommendation.Similarity;

namespace Evenhand.Learning.Recommendation.ItemKnn;

/// <summary>The neighbours of each item, and what each user rated or chose.</summary>
public sealed class ItemKnnModel : RecommenderModel, IFoldIn
{
    internal const string Name = "item-knn";

    private readonly ItemKnnOptions _options;
    private readonly FeedbackMatrix _feedback;
    private readonly SparseMatrix _neighbours;

    internal ItemKnnModel(
        ItemKnnOptions options,
        Vocabulary users,
        Vocabulary items,
        FeedbackMatrix feedback,
        SparseMatrix neighbours)
    {
        _options = options;
        Users = users;
        Items = items;
        _feedback = feedback;
        _neighbours = neighbours;
    }

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <inheritdoc/>
    public bool NeedsLabels => _feedback.Kind == FeedbackKind.Explicit;

    /// <inheritdoc/>
    public override Vocabulary Users { get; }

    /// <inheritdoc/>
    public override Vocabulary Items { get; }

    /// <summary>The possible neighbours of an item, most similar first.</summary>
    /// <param name="item">Code of the item.</param>
    /// <param name="similarities">One similarity, in (0, 1], for each item returned.</param>
    public ReadOnlySpan<int> NeighboursOf(int item, out ReadOnlySpan<float> similarities)
    {
        similarities = _neighbours.ValuesOf(item);
        return _neighbours.ColumnsOf(item);
    }

    /// <summary>Predicts ratings where it was fitted to ratings, otherwise scores.</summary>
    /// <remarks>What has no neighbours has the rating of the biases that are known, or the score 0. A user without
    /// choices, and an unknown one, is scored by how often each item was chosen.</remarks>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        _feedback.ToPredictions(
            RowsByUser.Predict(
                data,
                this,
                (user, items) =>
                {
                    var values = new double[items.Length];
                    Score(_feedback.HistoryOf(user), items, values);
                    return values;
                },
                cancellationToken),
            _options.ClipToLabelRange);

    /// <inheritdoc/>
    public override void Score(int user, Span<double> scores) => Score(_feedback.HistoryOf(user), [], scores);

    /// <summary>Scores all items for a user from ratings or choices alone, all of which weigh 1.</summary>
    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> items, ReadOnlySpan<double> labels, Span<double> scores)
    {
        FoldInArguments.Check(
            items, labels, scores, Items.Count, NeedsLabels);
        Score(_feedback.HistoryOf(items, labels), [], scores);
    }

    internal static ItemKnnModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<ItemKnnOptions>();
        var users = reader.ReadVocabulary("users");
        var items = reader.ReadVocabulary("items");
        return new ItemKnnModel(
            options,
            users,
            items,
            FeedbackMatrix.Read(reader, options.Feedback, users.Count, items.Count),
            SparseMatrix.Read(reader, "neighbours", items.Count, items.Count));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        _feedback.Write(writer);
        _neighbours.Write(writer, "neighbours");
    }

    /// <param name="history">What the user rated or chose.</param>
    /// <param name="items">The items to score, negative where unknown; empty for all items, by code.</param>
    /// <param name="scores">Receives their scores.</param>
    private void Score(UserHistory history, ReadOnlySpan<int> items, Span<double> scores)
    {
        // By item: what it contributes, and its weight, which is 0 where it is none of the user's.
        var contributions = ArrayPool<double>.Shared.Rent(Items.Count);
        var weights = ArrayPool<float>.Shared.Rent(Items.Count);
        weights.AsSpan(0, Items.Count).Clear();
        for (var i = 0; i < history.Items.Length; i++)
        {
            contributions[history.Items[i]] = _feedback.Contribution(history.Signals[i], history.Weights[i]);
            weights[history.Items[i]] = history.Weights[i];
        }

        var count = items.IsEmpty ? Items.Count : items.Length;
        for (var i = 0; i < count; i++)
        {
            var item = items.IsEmpty ? i : items[i];
            scores[i] = item >= 0 && history.Items.IsEmpty && _feedback.Kind == FeedbackKind.Implicit
                ? _feedback.Squares[item]
                : ScoreOf(item, history.Bias, contributions, weights);
        }

        ArrayPool<double>.Shared.Return(contributions);
        ArrayPool<float>.Shared.Return(weights);
    }

    private double ScoreOf(int item, double bias, double[] contributions, float[] weights)
    {
        var baseline = _feedback.Baseline(bias, item);
        if (item < 0)
        {
            return baseline;
        }

        var neighbours = _neighbours.ColumnsOf(item);
        var similarities = _neighbours.ValuesOf(item);
        var (sum, weight, found) = (0.0, 0.0, 0);
        for (var i = 0; i < neighbours.Length && found < _options.NumberOfNeighbours; i++)
        {
            var neighbour = neighbours[i];
            if (weights[neighbour] > 0)
            {
                found++;
                sum += similarities[i] * contributions[neighbour];
                weight += (double)similarities[i] * weights[neighbour];
            }
        }

        return found < _options.MinimumNeighbours ? baseline : _feedback.Combine(baseline, sum, weight);
    }
}
