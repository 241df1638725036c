using System.Buffers;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Recommendation.Similarity;

/// <summary>A model that scores an item by its weights with the items that a user chose: the row of the user in X B,
/// where X holds the choices and B a weight for each pair of items.</summary>
/// <remarks>A user without choices, and an unknown one, is scored by how often each item was chosen.</remarks>
public abstract class ItemToItemModel : RecommenderModel, IFoldIn
{
    private readonly double[] _popularity;

    private protected ItemToItemModel(Vocabulary users, Vocabulary items, SparseMatrix choices)
    {
        Users = users;
        Items = items;
        Choices = choices;
        _popularity = PairMatrices.ColumnSquares(choices);
    }

    /// <inheritdoc/>
    public bool NeedsLabels => false;

    /// <inheritdoc/>
    public sealed override Vocabulary Users { get; }

    /// <inheritdoc/>
    public sealed override Vocabulary Items { get; }

    private protected SparseMatrix Choices { get; }

    /// <summary>Scores each row as <see cref="Score(int, Span{double})"/> does; 0 for unknown items.</summary>
    /// <inheritdoc/>
    public sealed override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        new ScorePredictions(PredictRows(data, Score, cancellationToken));

    /// <inheritdoc/>
    public sealed override void Score(int user, Span<double> scores) => Score(
        user < 0 ? [] : Choices.ColumnsOf(user), user < 0 ? [] : Choices.ValuesOf(user), scores);

    /// <summary>Scores all items for a user from choices alone, all of which weigh 1; labels are not read.</summary>
    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> items, ReadOnlySpan<double> labels, Span<double> scores)
    {
        FoldInArguments.Check(items, labels, scores, Items.Count, NeedsLabels);
        var ones = ArrayPool<float>.Shared.Rent(items.Length);
        ones.AsSpan(0, items.Length).Fill(1);
        Score(items, ones.AsSpan(0, items.Length), scores);
        ArrayPool<float>.Shared.Return(ones);
    }

    /// <summary>Adds factor times the weights of a chosen item with all others to the scores.</summary>
    private protected abstract void AddWeights(int chosen, float factor, Span<double> scores);

    /// <summary>The weight of a chosen item for the score of another.</summary>
    private protected abstract float WeightOf(int chosen, int scored);

    private void Score(ReadOnlySpan<int> items, ReadOnlySpan<float> values, Span<double> scores)
    {
        if (items.IsEmpty)
        {
            _popularity.CopyTo(scores);
            return;
        }

        scores.Clear();
        for (var i = 0; i < items.Length; i++)
        {
            AddWeights(items[i], values[i], scores);
        }
    }

    private double Score(int user, int item)
    {
        var chosen = user < 0 ? [] : Choices.ColumnsOf(user);
        if (item < 0 || chosen.IsEmpty)
        {
            return item < 0 ? 0 : _popularity[item];
        }

        var values = Choices.ValuesOf(user);
        var score = 0.0;
        for (var i = 0; i < chosen.Length; i++)
        {
            score += (double)values[i] * WeightOf(chosen[i], item);
        }

        return score;
    }
}
