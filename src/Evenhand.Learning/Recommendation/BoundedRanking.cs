namespace Evenhand.Learning.Recommendation;

/// <summary>Keeps the k best of the items that it is offered, by score, then by code.</summary>
/// <remarks>A binary heap with the worst kept item at its root: most items are turned away by one comparison.</remarks>
internal sealed class BoundedRanking(int k)
{
    private readonly (double Score, int Item)[] _heap = new (double Score, int Item)[k];
    private int _count;

    /// <summary>The score that an item must beat to be kept, where its code lies behind those of all items
    /// before.</summary>
    public double Threshold => _count < _heap.Length ? double.NegativeInfinity : _heap[0].Score;

    /// <summary>Ranks a whole catalogue.</summary>
    /// <param name="scores">One score for each item code.</param>
    /// <param name="hidden">For each item code whether it is left out.</param>
    public (int[] Items, double[] Scores) Rank(ReadOnlySpan<double> scores, ReadOnlySpan<bool> hidden)
    {
        for (var item = 0; item < scores.Length; item++)
        {
            if ((_count < _heap.Length || scores[item] > _heap[0].Score) && !hidden[item])
            {
                Offer(item, scores[item]);
            }
        }

        return Take();
    }

    /// <summary>Keeps an item if it is among the k best so far.</summary>
    public void Offer(int item, double score)
    {
        var offered = (Score: score, Item: item);
        if (_count < _heap.Length)
        {
            var place = _count++;
            while (place > 0 && Precedes(_heap[(place - 1) / 2], offered))
            {
                _heap[place] = _heap[(place - 1) / 2];
                place = (place - 1) / 2;
            }

            _heap[place] = offered;
        }
        else if (Precedes(offered, _heap[0]))
        {
            Sink(offered);
        }
    }

    /// <summary>The items that were kept and their scores, best first; none is kept afterwards.</summary>
    public (int[] Items, double[] Scores) Take()
    {
        var (ranking, scores) = (new int[_count], new double[_count]);
        for (var place = ranking.Length - 1; place >= 0; place--)
        {
            (scores[place], ranking[place]) = _heap[0];
            _count--;
            Sink(_heap[_count]);
        }

        return (ranking, scores);
    }

    private static bool Precedes((double Score, int Item) x, (double Score, int Item) y) =>
        x.Score > y.Score || (x.Score == y.Score && x.Item < y.Item);

    // Puts an item in the place of the root and moves it down to where those below it are better.
    private void Sink((double Score, int Item) item)
    {
        var place = 0;
        for (var child = 1; child < _count; child = (2 * place) + 1)
        {
            if (child + 1 < _count && Precedes(_heap[child], _heap[child + 1]))
            {
                child++;
            }

            if (Precedes(_heap[child], item))
            {
                break;
            }

            _heap[place] = _heap[child];
            place = child;
        }

        _heap[place] = item;
    }
}
