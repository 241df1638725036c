namespace Evenhand.Learning.Mitigations.Post.DeterministicSorting;

/// <summary>The candidates of a user that are not in the list yet, group by group, best first.</summary>
internal sealed class GroupQueues
{
    /// <summary>Stands for a queue that is empty.</summary>
    public const int None = int.MaxValue;

    private readonly int[] _groups;
    private readonly bool[] _taken;
    private readonly int[] _next;
    private int _first;

    /// <param name="items">The candidates, best first.</param>
    /// <param name="grouping">Groups of the items.</param>
    public GroupQueues(int[] items, ItemGrouping grouping)
    {
        _groups = Array.ConvertAll(items, item => grouping[item] < 0 ? grouping.Count : grouping[item]);
        _taken = new bool[items.Length];
        _next = new int[grouping.Count + 1];
        Array.Fill(_next, None);
        for (var candidate = items.Length - 1; candidate >= 0; candidate--)
        {
            _next[_groups[candidate]] = candidate;
        }
    }

    /// <summary>Place among the candidates of the best one of a group, of which the last is that of the unknown; a
    /// smaller place is a better score.</summary>
    public int Best(int group) => _next[group];

    /// <summary>Place of the best candidate of all.</summary>
    public int BestOfAll
    {
        get
        {
            while (_first < _taken.Length && _taken[_first])
            {
                _first++;
            }

            return _first < _taken.Length ? _first : None;
        }
    }

    /// <summary>Takes the best candidate of its group.</summary>
    /// <returns>The group.</returns>
    public int Take(int candidate)
    {
        var group = _groups[candidate];
        _taken[candidate] = true;
        do
        {
            candidate++;
        }
        while (candidate < _groups.Length && _groups[candidate] != group);
        _next[group] = candidate < _groups.Length ? candidate : None;
        return group;
    }
}
