namespace Evenhand.Learning;

/// <summary>The distinct partners of each user (or item) and the weight of each pair.</summary>
internal sealed class ObservedPairs
{
    private readonly int[] _starts;
    private readonly int[] _partners;
    private readonly float[] _weights;

    private ObservedPairs(int[] starts, int[] partners, float[] weights)
    {
        _starts = starts;
        _partners = partners;
        _weights = weights;
    }

    /// <summary>Numbers of the partners, ascending.</summary>
    public ReadOnlySpan<int> PartnersOf(int number) => _partners.AsSpan(_starts[number].._starts[number + 1]);

    /// <summary>Weights of the pairs, in the order of the partners.</summary>
    public ReadOnlySpan<float> WeightsOf(int number) => _weights.AsSpan(_starts[number].._starts[number + 1]);

    /// <param name="rows">The choices; the weights of rows of one pair add up.</param>
    /// <param name="users">Numbers of the users.</param>
    /// <param name="items">Numbers of the items.</param>
    /// <param name="ofItems">Whether to list the users of each item; otherwise the items of each user.</param>
    /// <param name="cancellationToken">Polled before each owner.</param>
    public static ObservedPairs Of(
        Interactions rows, Renumbering users, Renumbering items, bool ofItems, CancellationToken cancellationToken)
    {
        var owners = Array.ConvertAll(
            ofItems ? rows.ItemCodes : rows.UserCodes, code => (ofItems ? items : users)[code]);
        var partners = Array.ConvertAll(
            ofItems ? rows.UserCodes : rows.ItemCodes, code => (ofItems ? users : items)[code]);
        var count = (ofItems ? items : users).Count;
        var index = EntityIndex.Of(owners, partners, count);
        var starts = new int[count + 1];
        var distinct = new List<int>(rows.Count);
        var weights = new List<float>(rows.Count);
        for (var owner = 0; owner < count; owner++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var own = index.RowsOf(owner).ToArray();
            Array.Sort(Array.ConvertAll(own, row => partners[row]), own);
            var last = -1;
            foreach (var row in own)
            {
                if (partners[row] != last)
                {
                    distinct.Add(last = partners[row]);
                    weights.Add(0);
                }

                weights[^1] += (float)rows.Weight(row);
            }

            starts[owner + 1] = distinct.Count;
        }

        return new ObservedPairs(starts, [.. distinct], [.. weights]);
    }
}
