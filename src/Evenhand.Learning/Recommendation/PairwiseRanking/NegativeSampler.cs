using Evenhand.Configuration.Randomness;

namespace Evenhand.Learning.Recommendation.PairwiseRanking;

/// <summary>Draws items to compare a chosen one with, each in proportion to a weight, in constant time.</summary>
/// <remarks>The alias method of A. Walker, ACM TOMS 3(3), 1977, set up as in M. Vose, IEEE TSE 17(9), 1991: each place
/// holds an item, another one, and how much of the place is the first one's. What is fair to draw is a matter of the
/// weights alone.</remarks>
internal sealed class NegativeSampler
{
    private readonly int[] _items;
    private readonly int[]? _others;
    private readonly double[]? _shares;

    /// <param name="items">The items that may be drawn; not empty.</param>
    /// <param name="weights">Weight of each item by its number, of which those of the given items are read; null where
    /// all are alike.</param>
    public NegativeSampler(int[] items, double[]? weights)
    {
        _items = items;
        if (weights is null)
        {
            return;
        }

        var sum = 0.0;
        foreach (var item in items)
        {
            sum += weights[item];
        }

        _others = [.. items];
        _shares = Array.ConvertAll(items, item => weights[item] / sum * items.Length);
        var poor = new Stack<int>();
        var rich = new Stack<int>();
        for (var place = 0; place < items.Length; place++)
        {
            (_shares[place] < 1 ? poor : rich).Push(place);
        }

        // A poor place is filled up by a rich one, which then has so much less.
        while (poor.Count > 0 && rich.Count > 0)
        {
            var (filled, giver) = (poor.Pop(), rich.Pop());
            _others[filled] = items[giver];
            _shares[giver] -= 1 - _shares[filled];
            (_shares[giver] < 1 ? poor : rich).Push(giver);
        }
    }

    /// <summary>One item.</summary>
    public int Draw(SeededRandom random)
    {
        var place = random.Next(_items.Length);
        return _shares is null || random.NextDouble() < _shares[place] ? _items[place] : _others![place];
    }
}
