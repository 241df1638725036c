using Evenhand.Data;

namespace Evenhand.Learning.Recommendation;

/// <summary>The items of each user of some rows, in row order and as often as they occur, in the codes of a
/// model.</summary>
public sealed class SeenItems
{
    private readonly int[] _starts;
    private readonly int[] _items;

    private SeenItems(int[] starts, int[] items)
    {
        _starts = starts;
        _items = items;
    }

    /// <summary>Items of a user.</summary>
    /// <param name="user">Code of the user in the model; a negative one has seen nothing.</param>
    public ReadOnlySpan<int> Of(int user) => user < 0 ? [] : _items.AsSpan(_starts[user].._starts[user + 1]);

    /// <summary>Collects the items of the rows. Rows whose user or item the model does not know are left out.</summary>
    /// <param name="rows">The rows, such as those of the training.</param>
    /// <param name="model">The model whose codes are used.</param>
    /// <param name="cancellationToken">Polled between passes over the rows.</param>
    /// <exception cref="Evenhand.Configuration.InputException">The rows have no user or item column.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SeenItems Of(Dataset rows, RecommenderModel model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(model);
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
