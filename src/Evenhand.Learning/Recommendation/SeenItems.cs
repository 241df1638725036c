using Evenhand.Data;

namespace Evenhand.Learning.Recommendation;

/// <summary>The items of each user of some rows, in row order and as often as they occur, in the codes of a
/// model.</summary>
internal sealed class SeenItems
{
    private readonly int[] _starts;
    private readonly int[] _items;

    private SeenItems(int[] starts, int[] items)
    {
        _starts = starts;
        _items = items;
    }

    /// <summary>Items of a user; none where the code is negative.</summary>
    public ReadOnlySpan<int> Of(int user) => user < 0 ? [] : _items.AsSpan(_starts[user].._starts[user + 1]);

    public static SeenItems Of(Dataset rows, RecommenderModel model, CancellationToken cancellationToken)
    {
        var users = TrainingColumns.CodesIn(TrainingColumns.Users(rows, model.LearnerName), model.Users);
        cancellationToken.ThrowIfCancellationRequested();
        var items = TrainingColumns.CodesIn(TrainingColumns.Items(rows, model.LearnerName), model.Items);
        cancellationToken.ThrowIfCancellationRequested();

        // A counting sort by user. Counts stand two places behind, so that they turn into starts and then into ends.
        var starts = new int[model.Users.Count + 2];
        for (var row = 0; row < users.Length; row++)
        {
            if (users[row] >= 0 && items[row] >= 0)
            {
                starts[users[row] + 2]++;
            }
        }

        for (var user = 0; user < model.Users.Count; user++)
        {
            starts[user + 2] += starts[user + 1];
        }

        cancellationToken.ThrowIfCancellationRequested();
        var own = new int[starts[^1]];
        for (var row = 0; row < users.Length; row++)
        {
            if (users[row] >= 0 && items[row] >= 0)
            {
                own[starts[users[row] + 1]++] = items[row];
            }
        }

        return new SeenItems(starts, own);
    }
}
