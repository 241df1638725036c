using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Recommendation.Ensemble;

/// <summary>Holds out a share of each user's rows.</summary>
internal static class HeldOutRows
{
    /// <summary>The rows that stay and those that are held out, each ascending.</summary>
    /// <remarks>Of n rows, n times the share are held out, rounded up or down at random so that the share holds on
    /// average; one row at least stays.</remarks>
    public static (int[] Kept, int[] HeldOut) Of(Dataset data, string learner, double share, SeedTree seeds)
    {
        var users = TrainingColumns.Users(data, learner);
        var items = TrainingColumns.Items(data, learner);
        var index = EntityIndex.Of(users.Codes, items.Codes, users.Vocabulary.Count);
        var random = seeds.CreateRandom();
        var held = new bool[data.RowCount];
        for (var user = 0; user < users.Vocabulary.Count; user++)
        {
            var own = index.RowsOf(user).ToArray();
            random.Shuffle<int>(own);
            var count = Math.Min(own.Length - 1, (int)Math.Floor((own.Length * share) + random.NextDouble()));
            foreach (var row in own.Take(count))
            {
                held[row] = true;
            }
        }

        var rows = Enumerable.Range(0, data.RowCount).ToArray();
        return ([.. rows.Where(row => !held[row])], [.. rows.Where(row => held[row])]);
    }
}
