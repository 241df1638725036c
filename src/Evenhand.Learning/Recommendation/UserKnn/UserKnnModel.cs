using System.Runtime.CompilerServices;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Recommendation.Similarity;

namespace Evenhand.Learning.Recommendation.UserKnn;

/// <summary>What each user rated or chose; the neighbours of a user are looked for when the user is scored.</summary>
public sealed class UserKnnModel : RecommenderModel, IFoldIn
{
    internal const string Name = "user-knn";

    private readonly UserKnnOptions _options;
    private readonly FeedbackMatrix _feedback;
    private readonly SparseMatrix _byItem;
    private readonly double[] _squares;

    internal UserKnnModel(UserKnnOptions options, Vocabulary users, Vocabulary items, FeedbackMatrix feedback)
    {
        _options = options;
        Users = users;
        Items = items;
        _feedback = feedback;
        _byItem = feedback.Signals.Transpose();
        _squares = new double[users.Count];
        for (var user = 0; user < _squares.Length; user++)
        {
            _squares[user] = feedback.HistoryOf(user).Squares;
        }
    }

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <inheritdoc/>
    public bool NeedsLabels => _feedback.Kind == FeedbackKind.Explicit;

    /// <inheritdoc/>
    public override Vocabulary Users { get; }

    /// <inheritdoc/>
    public override Vocabulary Items { get; }

    /// <summary>Predicts ratings where it was fitted to ratings, otherwise scores.</summary>
    /// <remarks>What has no neighbours has the rating of the biases that are known, or the score 0. A user without
    /// choices, and an unknown one, is scored by how often each item was chosen.</remarks>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default)
    {
        var scores = new double[Items.Count];
        return _feedback.ToPredictions(
            RowsByUser.Predict(
                data,
                this,
                (user, items) =>
                {
                    Score(user, scores);
                    var baseline = _feedback.Baseline(_feedback.HistoryOf(user).Bias, -1);
                    return Array.ConvertAll(items, item => item < 0 ? baseline : scores[item]);
                },
                cancellationToken),
            _options.ClipToLabelRange);
    }

    /// <inheritdoc/>
    public override void Score(int user, Span<double> scores) => Score(_feedback.HistoryOf(user), user, scores);

    /// <summary>Scores all items for a user from ratings or choices alone, all of which weigh 1. All training users may
    /// be neighbours: one with the very same history is the nearest.</summary>
    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> items, ReadOnlySpan<double> labels, Span<double> scores)
    {
        FoldInArguments.Check(
            items, labels, scores, Items.Count, NeedsLabels);
        Score(_feedback.HistoryOf(items, labels), Vocabulary.Missing, scores);
    }

    internal static UserKnnModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<UserKnnOptions>();
        var users = reader.ReadVocabulary("users");
        var items = reader.ReadVocabulary("items");
        return new UserKnnModel(
            options, users, items, FeedbackMatrix.Read(reader, options.Feedback, users.Count, items.Count));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        _feedback.Write(writer);
    }

    private void Score(UserHistory history, int self, Span<double> scores)
    {
        if (history.Items.IsEmpty && _feedback.Kind == FeedbackKind.Implicit)
        {
            _feedback.Squares.CopyTo(scores);
            return;
        }

        var sums = new double[Items.Count];
        var weights = new double[Items.Count];
        var found = new int[Items.Count];
        AddNeighbours(Neighbours(history, self), sums, weights, found);
        for (var item = 0; item < sums.Length; item++)
        {
            var baseline = _feedback.Baseline(history.Bias, item);
            scores[item] = found[item] < _options.MinimumNeighbours
                ? baseline
                : _feedback.Combine(baseline, sums[item], weights[item]);
        }
    }

    /// <summary>Adds to each item the contributions of its nearest users.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddNeighbours(List<ulong> neighbours, double[] sums, double[] weights, int[] found)
    {
        foreach (var neighbour in neighbours)
        {
            double similarity = NeighbourKey.SimilarityOf(neighbour);
            var history = _feedback.HistoryOf(NeighbourKey.CodeOf(neighbour));
            for (var i = 0; i < history.Items.Length; i++)
            {
                var item = history.Items[i];
                if (found[item] < _options.NumberOfNeighbours)
                {
                    found[item]++;
                    sums[item] += similarity * _feedback.Contribution(history.Signals[i], history.Weights[i]);
                    weights[item] += similarity * history.Weights[i];
                }
            }
        }
    }

    /// <summary>The users similar to one with this history, by <see cref="NeighbourKey"/>, most similar
    /// first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private List<ulong> Neighbours(UserHistory history, int self)
    {
        var products = new double[Users.Count];
        var common = new int[Users.Count];
        for (var i = 0; i < history.Items.Length; i++)
        {
            var users = _byItem.ColumnsOf(history.Items[i]);
            var signals = _byItem.ValuesOf(history.Items[i]);
            for (var k = 0; k < users.Length; k++)
            {
                products[users[k]] += (double)history.Signals[i] * signals[k];
                common[users[k]]++;
            }
        }

        var squares = history.Squares;
        var neighbours = new List<ulong>();
        for (var user = 0; user < products.Length; user++)
        {
            if (user == self || common[user] == 0)
            {
                continue;
            }

            var similarity = (float)FeedbackMatrix.Similarity(
                products[user], squares, _squares[user], common[user], _options.Shrinkage);
            if (similarity > 0 && similarity >= _options.MinimumSimilarity)
            {
                neighbours.Add(NeighbourKey.Of(similarity, user));
            }
        }

        neighbours.Sort();
        return neighbours;
    }
}
