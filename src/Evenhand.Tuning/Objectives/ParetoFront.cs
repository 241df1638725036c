namespace Evenhand.Tuning.Objectives;

/// <summary>Dominance, fronts and hypervolume of points whose coordinates are all minimized.</summary>
/// <remarks>A point dominates another when it is no worse in every coordinate and better in one; equal points do not
/// dominate each other. A point with a coordinate that is not a number is on no front.</remarks>
public static class ParetoFront
{
    /// <summary>Which points no other point dominates.</summary>
    /// <param name="losses">Points of equal length.</param>
    /// <exception cref="ArgumentException">Points without NaN differ in length.</exception>
    public static bool[] Members(IReadOnlyList<double[]> losses)
    {
        var members = new bool[losses?.Count ?? throw new ArgumentNullException(nameof(losses))];
        foreach (var index in Fronts(losses).FirstOrDefault() ?? [])
        {
            members[index] = true;
        }

        return members;
    }

    /// <summary>For each point its front: 0 for those that no point dominates, 1 for those that only points of front 0
    /// dominate, and so on; <see cref="int.MaxValue"/> for points with a NaN.</summary>
    /// <param name="losses">Points of equal length.</param>
    /// <exception cref="ArgumentException">Points without NaN differ in length.</exception>
    public static int[] Ranks(IReadOnlyList<double[]> losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        var ranks = new int[losses.Count];
        Array.Fill(ranks, int.MaxValue);
        foreach (var (rank, front) in Fronts(losses).Index())
        {
            foreach (var index in front)
            {
                ranks[index] = rank;
            }
        }

        return ranks;
    }

    /// <summary>Volume of the part of space that some point dominates and that dominates the reference point.</summary>
    /// <param name="losses">Points; those that do not dominate the reference point add nothing.</param>
    /// <param name="reference">The worst corner.</param>
    /// <remarks>Exact, by slices along the last coordinate (Zitzler and Thiele 1998 define the measure). n log n time
    /// for two coordinates, n^2 log n for three; every further one costs a factor n.</remarks>
    /// <exception cref="ArgumentException">There is no coordinate, or a point differs in length from the
    /// reference.</exception>
    public static double Hypervolume(IEnumerable<double[]> losses, double[] reference)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentNullException.ThrowIfNull(reference);
        if (reference.Length == 0)
        {
            throw new ArgumentException("The reference point has no coordinate.", nameof(reference));
        }

        var inside = new List<double[]>();
        foreach (var point in losses)
        {
            if (point.Length != reference.Length)
            {
                throw new ArgumentException(
                    $"A point has {point.Length} coordinates, the reference {reference.Length}.", nameof(losses));
            }

            if (point.Zip(reference).All(pair => pair.First < pair.Second))
            {
                inside.Add(point);
            }
        }

        return Volume(inside, reference, reference.Length);
    }

    /// <summary>Whether the first point is no worse everywhere and better somewhere.</summary>
    internal static bool Dominates(double[] first, double[] second)
    {
        var better = false;
        for (var index = 0; index < first.Length; index++)
        {
            if (first[index] > second[index])
            {
                return false;
            }

            better |= first[index] < second[index];
        }

        return better;
    }

    /// <summary>The fronts from best to worst, each as positions of its points in lexicographic order; found one by
    /// one while they are enumerated.</summary>
    internal static IEnumerable<int[]> Fronts(IReadOnlyList<double[]> losses)
    {
        var left = Enumerable.Range(0, losses.Count).Where(index =>
            !Array.Exists(losses[index], double.IsNaN)).ToList();
        if (left.Exists(index => losses[index].Length != losses[left[0]].Length))
        {
            throw new ArgumentException("The points differ in length.", nameof(losses));
        }

        left.Sort((a, b) =>
        {
            var order = losses[a].AsSpan().SequenceCompareTo(losses[b]);
            return order != 0 ? order : a.CompareTo(b);
        });
        while (left.Count > 0)
        {
            var front = new List<int>();
            var rest = new List<int>();
            foreach (var index in left)
            {
                // A point can only be dominated by points before it in lexicographic order, and then by a member of
                // their front. The newest member is the closest in order and so the likeliest to dominate.
                var member = front.Count - 1;
                while (member >= 0 && !Dominates(losses[front[member]], losses[index]))
                {
                    member--;
                }

                (member < 0 ? front : rest).Add(index);
            }

            yield return [.. front];
            left = rest;
        }
    }

    // Volume over the first coordinates: slices along the last of them, each as thick as the distance to the next
    // point.
    private static double Volume(List<double[]> points, double[] reference, int coordinates)
    {
        if (points.Count == 0)
        {
            return 0;
        }

        var last = coordinates - 1;
        if (last == 0)
        {
            return reference[0] - points.Min(point => point[0]);
        }

        var sorted = points.OrderBy(point => point[last]).ToList();
        var volume = 0d;
        var area = 0d;
        var nearest = double.PositiveInfinity;
        var slice = new List<double[]>(sorted.Count);
        for (var index = 0; index < sorted.Count; index++)
        {
            slice.Add(sorted[index]);
            var next = index + 1 < sorted.Count ? sorted[index + 1][last] : reference[last];
            if (last == 1)
            {
                nearest = Math.Min(nearest, sorted[index][0]);
                area = reference[0] - nearest;
            }
            else if (next > sorted[index][last])
            {
                area = Volume(slice, reference, last);
            }

            volume += area * (next - sorted[index][last]);
        }

        return volume;
    }
}
