using System.Numerics;

namespace Evenhand.Learning;

/// <summary>Some users whose rankings are made together: their factors, laid out four users abreast, and the best items
/// of each so far.</summary>
/// <remarks>Items are offered in ascending order of their codes. Made once for each thread and filled again and
/// again.</remarks>
internal sealed unsafe class UserBlock
{
    /// <summary>Users that are scored abreast.</summary>
    public const int Lanes = 4;

    /// <summary>Most users in a block: enough that reading the items is cheap beside scoring them, few enough that
    /// their factors stay in a second-level cache.</summary>
    public const int Capacity = 64;

    private readonly FactorTable _factors;
    private readonly FactorTable _thresholds = new(Capacity, Lanes);
    private readonly BoundedRanking[] _best = new BoundedRanking[Capacity];

    private readonly SeenItems? _seen;
    private readonly int[] _users = new int[Capacity];

    // How many of the items that a user has seen lie behind the last one offered.
    private readonly int[] _passed = new int[Capacity];

    /// <param name="rank">Number of factors.</param>
    /// <param name="length">Length of the rankings.</param>
    /// <param name="seen">Items that are not kept; null to keep any.</param>
    public UserBlock(int rank, int length, SeenItems? seen)
    {
        _seen = seen;
        _factors = new FactorTable(Capacity / Lanes, Lanes * rank);
        for (var user = 0; user < Capacity; user++)
        {
            _best[user] = new BoundedRanking(length);
        }
    }

    /// <summary>Groups of <see cref="Lanes"/> users, the last one filled up with users whom no item
    /// suits.</summary>
    public int Quads { get; private set; }

    /// <summary>The first factors of four users, then their second ones, and so on.</summary>
    public float* FactorsOf(int quad) => _factors.Pointer + ((long)quad * _factors.Stride);

    /// <summary>For each of four users the score that an item must beat.</summary>
    public float* ThresholdsOf(int quad) => _thresholds.Pointer + ((long)quad * _thresholds.Stride);

    /// <summary>Starts anew with other users.</summary>
    /// <param name="users">Codes of at most <see cref="Capacity"/> users; negative for an unknown one.</param>
    /// <param name="side">Their factors.</param>
    public void Fill(ReadOnlySpan<int> users, FactorSide side)
    {
        users.CopyTo(_users);
        Quads = (users.Length + Lanes - 1) / Lanes;
        for (var quad = 0; quad < Quads; quad++)
        {
            _factors[quad].Clear();
            for (var lane = 0; lane < Lanes; lane++)
            {
                var user = (quad * Lanes) + lane;
                if (user >= users.Length)
                {
                    ThresholdsOf(quad)[lane] = float.PositiveInfinity;
                    continue;
                }

                ThresholdsOf(quad)[lane] = float.NegativeInfinity;
                _passed[user] = 0;
                var factors = side.FactorsOf(users[user]);
                for (var factor = 0; factor < side.Rank; factor++)
                {
                    FactorsOf(quad)[(factor * Lanes) + lane] = factors[factor];
                }
            }
        }
    }

    /// <summary>Offers a user the items whose scores beat the threshold.</summary>
    /// <param name="quad">The user's group.</param>
    /// <param name="lane">The user's place in it.</param>
    /// <param name="firstItem">Code of the item that the first score belongs to.</param>
    /// <param name="scores">Scores of consecutive items.</param>
    /// <param name="above">A bit for each score, the first one lowest: whether it beats the threshold.</param>
    public void Offer(int quad, int lane, int firstItem, float* scores, ulong above)
    {
        if (above == 0)
        {
            return;
        }

        var user = (quad * Lanes) + lane;
        var best = _best[user];
        var seen = _seen is null || _users[user] < 0 ? [] : _seen.Of(_users[user]);
        var passed = _passed[user];
        for (; above != 0; above &= above - 1)
        {
            var place = BitOperations.TrailingZeroCount(above);
            var item = firstItem + place;
            while (passed < seen.Length && seen[passed] < item)
            {
                passed++;
            }

            if (passed == seen.Length || seen[passed] != item)
            {
                best.Offer(item, scores[place]);
            }
        }

        _passed[user] = passed;
        ThresholdsOf(quad)[lane] = (float)best.Threshold;
    }

    /// <summary>The ranking of a user.</summary>
    /// <param name="user">Place of the user in the block.</param>
    public int[] Take(int user) => _best[user].Take();
}
