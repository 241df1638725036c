using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post.DeterministicSorting;

/// <summary>The four algorithms, for one user at a time.</summary>
/// <param name="options">The options.</param>
/// <param name="grouping">Groups of the model's items.</param>
/// <param name="shares">The share that is due to each group.</param>
internal sealed class DeterministicSortingReranker(
    DeterministicSortingOptions options, ItemGrouping grouping, double[] shares)
    : UserReranker<DeterministicSortingOptions>(options)
{
    // Shares are quotients, so that i p may miss a whole number by its last bits.
    private const double Tolerance = 1e-9;

    private readonly double _free = 1 - options.Strength;
    private readonly double[] _due = Array.ConvertAll(shares, share => options.Strength * share);

    public override string MitigationName => DeterministicSorting.MitigationName;

    public static DeterministicSortingReranker Read(ModelReader reader)
    {
        var options = reader.ReadOptions<DeterministicSortingOptions>();
        var grouping = ItemGrouping.Read(reader);
        return new DeterministicSortingReranker(
            options, grouping, reader.ReadArray<double>("shares", grouping.Count));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(Options);
        grouping.Write(writer);
        writer.Write<double>("shares", shares);
    }

    protected override ListRule RuleFor(int k) =>
        Options.Algorithm == DeterministicSortingAlgorithm.DetConstSort ? SortUnderMinima : PickGroupByGroup;

    private static int Floor(double value) => (int)Math.Floor(value + Tolerance);

    private static int Ceiling(double value) => (int)Math.Ceiling(value - Tolerance);

    // Algorithms 1 and 2.
    private int[] PickGroupByGroup(Candidates user, int length)
    {
        var queues = new GroupQueues(user.Items, grouping);
        var counts = new int[grouping.Count + 1];
        var list = new int[length];
        for (var place = 1; place <= length; place++)
        {
            var candidate = BelowMinimum(queues, counts, place);
            if (candidate == GroupQueues.None)
            {
                candidate = BelowMaximum(queues, counts, place);
            }

            if (candidate == GroupQueues.None)
            {
                candidate = queues.BestOfAll;
            }

            list[place - 1] = user.Items[candidate];
            counts[queues.Take(candidate)]++;
        }

        return list;
    }

    private int BelowMinimum(GroupQueues queues, int[] counts, int place)
    {
        var best = GroupQueues.None;
        for (var group = 0; group < _due.Length; group++)
        {
            if (counts[group] < Floor(place * _due[group]))
            {
                best = Math.Min(best, queues.Best(group));
            }
        }

        return best;
    }

    private int BelowMaximum(GroupQueues queues, int[] counts, int place)
    {
        var (best, soonest) = (GroupQueues.None, double.PositiveInfinity);
        for (var group = 0; group <= _due.Length; group++)
        {
            var next = queues.Best(group);
            var isKnown = group < _due.Length;
            if (next == GroupQueues.None || (isKnown && counts[group] >= Ceiling(place * (_due[group] + _free))))
            {
                continue;
            }

            var due = isKnown ? PlaceWhenDue(counts[group] + 1, _due[group]) : double.PositiveInfinity;
            if (due < soonest || (due == soonest && next < best))
            {
                (best, soonest) = (next, due);
            }
        }

        return best;
    }

    // The place by which a group must have that many items. DetGreedy does not look ahead: all groups are alike to it.
    private double PlaceWhenDue(int count, double due) => Options.Algorithm switch
    {
        DeterministicSortingAlgorithm.DetGreedy => double.PositiveInfinity,
        DeterministicSortingAlgorithm.DetCons => Math.Round(count / due, 9),
        _ => Math.Ceiling((count / due) - Tolerance),
    };

    // Algorithm 3. The free share stands behind the groups, as one more that any candidate belongs to.
    private int[] SortUnderMinima(Candidates user, int length)
    {
        var queues = new GroupQueues(user.Items, grouping);
        var minima = new int[_due.Length + 1];
        var risen = new List<(int Candidate, int Group)>();
        var list = new List<(int Candidate, int Latest)>(length);

        // The minima of the first i places sum to more than i - (groups + 1).
        for (var place = 1; place <= length + minima.Length && list.Count < length; place++)
        {
            risen.Clear();
            for (var group = 0; group < minima.Length; group++)
            {
                var minimum = Floor(place * (group < _due.Length ? _due[group] : _free));
                if (minimum > minima[group])
                {
                    minima[group] = minimum;
                    risen.Add((BestOf(queues, group), group));
                }
            }

            risen.Sort();
            foreach (var (_, group) in risen)
            {
                if (list.Count < length && BestOf(queues, group) is var candidate and not GroupQueues.None)
                {
                    queues.Take(candidate);
                    Insert(list, (candidate, place));
                }
            }
        }

        while (list.Count < length)
        {
            var candidate = queues.BestOfAll;
            queues.Take(candidate);
            list.Add((candidate, int.MaxValue));
        }

        return [.. list.Select(entry => user.Items[entry.Candidate])];
    }

    private int BestOf(GroupQueues queues, int group) =>
        group < _due.Length ? queues.Best(group) : queues.BestOfAll;

    // An entry waits no longer than until the place at which its group's minimum rose.
    private static void Insert(List<(int Candidate, int Latest)> list, (int Candidate, int Latest) entry)
    {
        var place = list.Count;
        list.Add(entry);
        while (place > 0 && list[place - 1].Latest > place && list[place - 1].Candidate > entry.Candidate)
        {
            list[place] = list[place - 1];
            place--;
        }

        list[place] = entry;
    }
}
