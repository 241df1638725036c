namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>Ranks the catalogue by a factor model for many users at once.</summary>
internal static class BlockRanking
{
    /// <summary>The best items of each user, whose scores are computed for blocks of users and panels of
    /// items.</summary>
    public static Candidates[] Rank(
        FactorModel model, int[] users, int length, SeenItems? mask, ParallelOptions schedule)
    {
        var lists = new Candidates[users.Length];
        var items = model.Panels;
        Parallel.For(
            0,
            (users.Length + UserBlock.Capacity - 1) / UserBlock.Capacity,
            schedule,
            () => new UserBlock(items, length),
            (index, _, block) =>
            {
                var first = index * UserBlock.Capacity;
                var count = Math.Min(UserBlock.Capacity, users.Length - first);
                block.Fill(users.AsSpan(first, count), model.UserSide, mask);
                for (var panel = 0; panel < items.Count; panel++)
                {
                    schedule.CancellationToken.ThrowIfCancellationRequested();
                    FactorKernel.Rank(items, panel, block);
                }

                for (var user = 0; user < count; user++)
                {
                    var (best, scores) = block.Take(user);
                    lists[first + user] = new Candidates(users[first + user], best, scores);
                }

                return block;
            },
            _ => { });
        return lists;
    }
}
