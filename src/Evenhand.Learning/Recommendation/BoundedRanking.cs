namespace Evenhand.Learning;

/// <summary>Selects the k best items by score, then by code, in one pass with a heap of k entries.</summary>
internal sealed class BoundedRanking(int k)
{
    // The worst entry kept stands first, so that most items are turned away by one comparison.
    private readonly PriorityQueue<int, (double Score, int Item)> _kept = new(k + 1, WorstFirst.Instance);

    /// <param name="scores">One score for each item code.</param>
    /// <param name="seen">Codes that are left out, ascending.</param>
    public int[] Rank(ReadOnlySpan<double> scores, ReadOnlySpan<int> seen)
    {
        _kept.Clear();
        var masked = 0;
        var worst = double.NegativeInfinity;
        for (var item = 0; item < scores.Length; item++)
        {
            if (masked < seen.Length && seen[masked] == item)
            {
                masked++;
                continue;
            }

            // A later item of an equal score never displaces an earlier one.
            if (_kept.Count < k)
            {
                _kept.Enqueue(item, (scores[item], item));
            }
            else if (scores[item] > worst)
            {
                _kept.EnqueueDequeue(item, (scores[item], item));
            }
            else
            {
                continue;
            }

            _kept.TryPeek(out _, out var first);
            worst = first.Score;
        }

        var ranking = new int[_kept.Count];
        for (var place = ranking.Length - 1; place >= 0; place--)
        {
            ranking[place] = _kept.Dequeue();
        }

        return ranking;
    }

    private sealed class WorstFirst : IComparer<(double Score, int Item)>
    {
        public static readonly WorstFirst Instance = new();

        public int Compare((double Score, int Item) x, (double Score, int Item) y)
        {
            var byScore = x.Score.CompareTo(y.Score);
            return byScore != 0 ? byScore : y.Item.CompareTo(x.Item);
        }
    }
}
