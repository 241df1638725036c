using Evenhand.Tuning.Objectives;

namespace Evenhand.Tuning.Samplers;

/// <summary>The members of a front that cover most hypervolume together.</summary>
internal static class HypervolumeSubset
{
    // How far beyond the worst value of each loss the reference point lies, in units of its range: the ends of the
    // front then count for something.
    private const double Margin = 0.1;

    /// <summary>Positions of <paramref name="count"/> points of the front, greedily: each next one adds most.</summary>
    /// <remarks>What a point adds only shrinks as others are chosen, so a point whose former gain is below another's
    /// present one needs no second look (Minoux 1978). The greedy choice covers at least 1 - 1/e of the best subset
    /// (Nemhauser et al. 1978).</remarks>
    public static IReadOnlyList<int> Choose(double[][] front, int count)
    {
        if (front.Length <= count)
        {
            return [.. Enumerable.Range(0, front.Length)];
        }

        var reference = Reference(front);
        var chosen = new List<int>(count);
        var points = new List<double[]>(count + 1);
        var volume = 0d;
        var gains = new PriorityQueue<int, (double Loss, int Position)>();
        for (var position = 0; position < front.Length; position++)
        {
            gains.Enqueue(position, (double.NegativeInfinity, position));
        }

        while (chosen.Count < count)
        {
            var position = gains.Dequeue();
            points.Add(front[position]);
            var gain = ParetoFront.Hypervolume(points, reference) - volume;
            if (gains.TryPeek(out _, out var next) && (-gain, position).CompareTo((next.Loss, next.Position)) > 0)
            {
                points.RemoveAt(points.Count - 1);
                gains.Enqueue(position, (-gain, position));
                continue;
            }

            chosen.Add(position);
            volume += gain;
        }

        return chosen;
    }

    private static double[] Reference(double[][] front)
    {
        var reference = new double[front[0].Length];
        for (var index = 0; index < reference.Length; index++)
        {
            var worst = front.Max(point => point[index]);
            var range = worst - front.Min(point => point[index]);
            reference[index] = worst + (range > 0 ? Margin * range : 1);
        }

        return reference;
    }
}
