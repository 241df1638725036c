using System.Numerics;
using System.Runtime.CompilerServices;

namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>Some users whose rankings are made together: their factors, laid out four users abreast, and the best items
/// of each so far.</summary>
/// <remarks>Made once for each thread and filled again and again.</remarks>
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

    // For each panel and user a bit for each item of the panel, the first one lowest: whether it is left out.
    private readonly ulong[] _hidden;

    /// <param name="items">The items that are ranked.</param>
    /// <param name="length">Length of the rankings.</param>
    public UserBlock(ItemPanels items, int length)
    {
        _hidden = GC.AllocateArray<ulong>(checked(items.Count * Capacity), pinned: true);
        _factors = new FactorTable(Capacity / Lanes, Lanes * items.Rank);
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

    /// <summary>For each of four users a bit for each item of a panel: whether it is left out.</summary>
    public ulong* HiddenOf(int panel, int quad) => (ulong*)Unsafe.AsPointer(
        ref _hidden[(panel * Capacity) + (quad * Lanes)]);

    /// <summary>Starts anew with other users.</summary>
    /// <param name="users">Codes of at most <see cref="Capacity"/> users; negative for an unknown one.</param>
    /// <param name="side">Their factors.</param>
    /// <param name="seen">Items that are left out; null for none.</param>
    public void Fill(ReadOnlySpan<int> users, FactorSide side, SeenItems? seen)
    {
        Hide(users, seen);
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
    /// <param name="above">A bit for each score, the first one lowest: whether it beats the threshold and is not left
    /// out.</param>
    public void Offer(int quad, int lane, int firstItem, float* scores, ulong above)
    {
        if (above == 0)
        {
            return;
        }

        var best = _best[(quad * Lanes) + lane];
        for (; above != 0; above &= above - 1)
        {
            var place = BitOperations.TrailingZeroCount(above);
            best.Offer(firstItem + place, scores[place]);
        }

        ThresholdsOf(quad)[lane] = (float)best.Threshold;
    }

    /// <summary>The ranking of a user.</summary>
    /// <param name="user">Place of the user in the block.</param>
    public (int[] Items, double[] Scores) Take(int user) => _best[user].Take();

    private void Hide(ReadOnlySpan<int> users, SeenItems? seen)
    {
        if (seen is null)
        {
            return;
        }

        Array.Clear(_hidden);
        for (var user = 0; user < users.Length; user++)
        {
            foreach (var item in seen.Of(users[user]))
            {
                _hidden[(item / ItemPanels.Width * Capacity) + user] |= 1UL << (item % ItemPanels.Width);
            }
        }
    }
}
