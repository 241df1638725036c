using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>The distinct items of each user of some rows, in ascending order, in the codes of a model.</summary>
internal sealed class SeenItems
{
    private readonly int[] _starts;
    private readonly int[] _items;

    private SeenItems(int[] starts, int[] items)
    {
        _starts = starts;
        _items = items;
    }

    public ReadOnlySpan<int> Of(int user) => _items.AsSpan(_starts[user].._starts[user + 1]);

    public static SeenItems Of(Dataset rows, RecommenderModel model, CancellationToken cancellationToken)
    {
        var users = TrainingColumns.CodesIn(TrainingColumns.Users(rows, model.LearnerName), model.Users);
        var items = TrainingColumns.CodesIn(TrainingColumns.Items(rows, model.LearnerName), model.Items);
        var index = EntityIndex.Of(users, items, model.Users.Count);
        var starts = new int[model.Users.Count + 1];
        var distinct = new List<int>(index.Rows.Length);
        for (var user = 0; user < model.Users.Count; user++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var own = index.RowsOf(user);
            var codes = new int[own.Length];
            for (var i = 0; i < codes.Length; i++)
            {
                codes[i] = items[own[i]];
            }

            Array.Sort(codes);
            for (var i = 0; i < codes.Length; i++)
            {
                if (i == 0 || codes[i] != codes[i - 1])
                {
                    distinct.Add(codes[i]);
                }
            }

            starts[user + 1] = distinct.Count;
        }

        return new SeenItems(starts, [.. distinct]);
    }
}
