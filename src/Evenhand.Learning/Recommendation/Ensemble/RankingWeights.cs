using Evenhand.Configuration.Randomness;
using Evenhand.Data;

namespace Evenhand.Learning.Recommendation.Ensemble;

/// <summary>Finds the weights of a blend of rankings.</summary>
/// <remarks>Ensemble selection with replacement (R. Caruana et al., "Ensemble selection from libraries of models", ICML
/// 2004): the member that raises the mean NDCG most is added, again and again; weights are how often each was, at the
/// best moment.</remarks>
internal sealed class RankingWeights
{
    private const int Rounds = 20;
    private const int MostUsers = 1000;

    // 256 MB of floats: as many users as fit are looked at.
    private const long MostScores = 1 << 26;

    private readonly List<UserScores> _users = [];
    private readonly EnsembleOptions _options;
    private readonly FitContext _context;
    private readonly int _members;

    private RankingWeights(int members, EnsembleOptions options, FitContext context)
    {
        _members = members;
        _options = options;
        _context = context;
    }

    /// <summary>One weight for each member; they add up to 1.</summary>
    /// <param name="models">The members, fitted on <paramref name="kept"/>.</param>
    /// <param name="kept">Rows that members have seen; never recommended.</param>
    /// <param name="heldOut">Rows that are wanted.</param>
    /// <param name="options">Normalization and length of the lists.</param>
    /// <param name="context">Randomness, threads, cancellation.</param>
    public static double[] Fit(
        IReadOnlyList<RecommenderModel> models,
        Dataset kept,
        Dataset heldOut,
        EnsembleOptions options,
        FitContext context)
    {
        var search = new RankingWeights(models.Count, options, context);
        search.Gather(models, kept, heldOut);
        return search._users.Count == 0
            ? [.. Enumerable.Repeat(1.0 / models.Count, models.Count)]
            : search.Select();
    }

    private void Gather(IReadOnlyList<RecommenderModel> models, Dataset kept, Dataset heldOut)
    {
        var first = models[0];
        var seen = SeenItems.Of(kept, first, _context.CancellationToken);
        var wanted = SeenItems.Of(heldOut, first, _context.CancellationToken);
        var most = (int)Math.Clamp(MostScores / ((long)first.Items.Count * models.Count), 1, MostUsers);
        var random = _context.Seeds.CreateRandom();
        foreach (var user in random.NextPermutation(first.Users.Count))
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            int[] masked = [.. seen.Of(user)];
            int[] relevant = [.. wanted.Of(user).ToArray().Except(masked)];
            if (relevant.Length == 0 || _users.Count == most)
            {
                continue;
            }

            var scores = new double[first.Items.Count];
            var own = new float[models.Count][];
            for (var member = 0; member < own.Length; member++)
            {
                models[member].Score(user, scores);
                ScoreBlend.Normalize(scores, _options.Normalization);
                own[member] = Array.ConvertAll(scores, score => (float)score);
            }

            _users.Add(new UserScores(own, masked, [.. relevant]));
        }
    }

    private double[] Select()
    {
        var counts = new int[_members];
        var (best, bestNdcg) = (counts, double.NegativeInfinity);
        for (var round = 0; round < Rounds; round++)
        {
            var (added, addedNdcg) = (0, double.NegativeInfinity);
            for (var member = 0; member < _members; member++)
            {
                counts[member]++;
                var ndcg = MeanNdcg(counts);
                counts[member]--;
                if (ndcg > addedNdcg)
                {
                    (added, addedNdcg) = (member, ndcg);
                }
            }

            counts[added]++;
            if (addedNdcg > bestNdcg)
            {
                (best, bestNdcg) = ((int[])counts.Clone(), addedNdcg);
            }
        }

        return Array.ConvertAll(best, count => (double)count / best.Sum());
    }

    private double MeanNdcg(int[] counts)
    {
        var values = new double[_users.Count];
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = _context.Threads,
            CancellationToken = _context.CancellationToken,
        };
        Parallel.For(0, values.Length, parallel, user =>
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            values[user] = _users[user].Ndcg(counts, _options.ListLength);
        });
        return values.Average();
    }

    private sealed record UserScores(float[][] Scores, int[] Seen, HashSet<int> Relevant)
    {
        public double Ndcg(int[] counts, int length)
        {
            var blend = new double[Scores[0].Length];
            for (var member = 0; member < counts.Length; member++)
            {
                for (var item = 0; counts[member] > 0 && item < blend.Length; item++)
                {
                    blend[item] += counts[member] * Scores[member][item];
                }
            }

            var (gain, ideal) = (0.0, 0.0);
            var hidden = new bool[blend.Length];
            foreach (var item in Seen)
            {
                hidden[item] = true;
            }

            var (list, _) = new BoundedRanking(Math.Min(length, blend.Length)).Rank(blend, hidden);
            for (var place = 0; place < list.Length; place++)
            {
                var discount = 1 / Math.Log2(place + 2);
                gain += Relevant.Contains(list[place]) ? discount : 0;
                ideal += place < Relevant.Count ? discount : 0;
            }

            return gain / ideal;
        }
    }
}
