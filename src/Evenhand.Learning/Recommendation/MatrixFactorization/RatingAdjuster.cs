using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Learning.Mitigations.In;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>Carries a <see cref="RatingMitigation"/> through a fit: before each iteration it moves the values of the
/// ratings and changes their weights in place.</summary>
internal sealed class RatingAdjuster
{
    private const int RatingsBetweenPolls = 1 << 14;

    private readonly RatingAdjustment _adjustment;
    private readonly RatingCells _cells;

    // Group of each user by number; -1 where it is unknown: such ratings stay as they are.
    private readonly int[] _groups;

    private readonly bool _usersAreRows;
    private readonly double[] _pulls;
    private readonly double[] _factors;

    // What the ratings carry from the last iteration.
    private readonly double[] _oldPulls;
    private readonly double[] _oldFactors;

    private RatingAdjuster(
        RatingMitigation mitigation, int items, int[] groupOfUser, int groups, bool usersAreRows)
    {
        _usersAreRows = usersAreRows;
        _adjustment = mitigation.Start(items, groups);
        _cells = new RatingCells(items, groups);
        _groups = groupOfUser;
        _pulls = new double[items * groups];
        _oldPulls = new double[items * groups];
        _factors = new double[groups];
        _oldFactors = new double[groups];
        Array.Fill(_factors, 1);
    }

    /// <param name="mitigation">What is to be carried.</param>
    /// <param name="train">The training data, with its groups.</param>
    /// <param name="users">Numbers of the users.</param>
    /// <param name="ratings">The ratings.</param>
    /// <exception cref="InputException">The data has no such group of the users.</exception>
    public static RatingAdjuster Of(RatingMitigation mitigation, Dataset train, Renumbering users, ScaledRatings ratings)
    {
        var group = mitigation.FindGroup(train);
        var groupOfUser = users.ByNumber(group.Column.Codes);
        var items = ratings.UsersAreRows ? ratings.Columns : ratings.Rows;
        return new RatingAdjuster(mitigation, items, groupOfUser, group.Groups.Count, ratings.UsersAreRows);
    }

    /// <summary>Looks at the ratings and adjusts them.</summary>
    /// <param name="entries">All ratings, in any order.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="predict">Prediction of a user and an item, by number, in the scale of the values.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    public void Adjust(
        Span<RatingEntry> entries,
        Span<float> weights,
        Func<int, int, double> predict,
        CancellationToken cancellationToken)
    {
        _pulls.CopyTo(_oldPulls, 0);
        _factors.CopyTo(_oldFactors, 0);
        _cells.Clear();
        for (var i = 0; i < entries.Length; i++)
        {
            Poll(i, cancellationToken);
            var entry = entries[i];
            var (user, item) = PairOf(entry);
            if (_groups[user] is var group and >= 0)
            {
                var cell = (item * _cells.Groups) + group;
                _cells.Add(
                    cell, weights[i] / _oldFactors[group], predict(user, item), entry.Value - _oldPulls[cell]);
            }
        }

        _adjustment.Adjust(_cells, _pulls, _factors);
        for (var i = 0; i < entries.Length; i++)
        {
            Poll(i, cancellationToken);
            ref var entry = ref entries[i];
            var (user, item) = PairOf(entry);
            if (_groups[user] is var group and >= 0)
            {
                var cell = (item * _cells.Groups) + group;
                entry = entry with { Value = (float)(entry.Value + _pulls[cell] - _oldPulls[cell]) };
                weights[i] = (float)(weights[i] * _factors[group] / _oldFactors[group]);
            }
        }
    }

    private (int User, int Item) PairOf(RatingEntry entry) =>
        _usersAreRows ? (entry.Row, entry.Column) : (entry.Column, entry.Row);

    private static void Poll(int entry, CancellationToken cancellationToken)
    {
        if (entry % RatingsBetweenPolls == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
