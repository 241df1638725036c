namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>The distinct partners of each user (or item), the weight of each pair and, where asked for, its
/// value.</summary>
internal sealed class ObservedPairs
{
    private const int RowsBetweenPolls = 1 << 14;

    private readonly int[] _starts;
    private readonly int[] _partners;
    private readonly float[] _weights;
    private readonly float[]? _values;

    private ObservedPairs(int[] starts, int[] partners, float[] weights, float[]? values)
    {
        _starts = starts;
        _partners = partners;
        _weights = weights;
        _values = values;
    }

    /// <summary>Number of pairs.</summary>
    public int Count => _partners.Length;

    /// <summary>Numbers of the partners, ascending.</summary>
    public ReadOnlySpan<int> PartnersOf(int number) => _partners.AsSpan(_starts[number].._starts[number + 1]);

    /// <summary>Weights of the pairs, in the order of the partners: the sums over the rows of each.</summary>
    public ReadOnlySpan<float> WeightsOf(int number) => _weights.AsSpan(_starts[number].._starts[number + 1]);

    /// <summary>Values of the pairs, in the order of the partners: the weighted means over the rows of each. Empty
    /// where none were given.</summary>
    /// <remarks>The squared error of a pair's rows, each with its weight, is that of their mean with the sum of the
    /// weights, and a constant.</remarks>
    public ReadOnlySpan<float> ValuesOf(int number) =>
        _values is null ? [] : _values.AsSpan(_starts[number].._starts[number + 1]);

    /// <summary>Lists the partners of each owner: two counting sorts, by partner and then by owner.</summary>
    /// <param name="rows">The choices; the weights of rows of one pair add up, in row order.</param>
    /// <param name="users">Numbers of the users.</param>
    /// <param name="items">Numbers of the items.</param>
    /// <param name="ofItems">Whether to list the users of each item; otherwise the items of each user.</param>
    /// <param name="cancellationToken">Polled every so many rows.</param>
    /// <param name="values">One value for each row; null where pairs have none.</param>
    public static ObservedPairs Of(
        Interactions rows,
        Renumbering users,
        Renumbering items,
        bool ofItems,
        CancellationToken cancellationToken,
        double[]? values = null)
    {
        var owners = Array.ConvertAll(
            ofItems ? rows.ItemCodes : rows.UserCodes, code => (ofItems ? items : users)[code]);
        var partners = Array.ConvertAll(
            ofItems ? rows.UserCodes : rows.ItemCodes, code => (ofItems ? users : items)[code]);
        cancellationToken.ThrowIfCancellationRequested();
        var byPartner = EntityIndex.Of(partners, owners, (ofItems ? users : items).Count).Rows;
        cancellationToken.ThrowIfCancellationRequested();
        var ownersByPartner = Array.ConvertAll(byPartner, row => owners[row]);
        var sorted = EntityIndex.Of(ownersByPartner, ownersByPartner, (ofItems ? items : users).Count);
        var starts = new int[(ofItems ? items : users).Count + 1];
        var distinct = new int[rows.Count];
        var weights = new float[rows.Count];
        var means = values is null ? null : new float[rows.Count];
        var count = 0;
        var visited = 0;
        for (var owner = 0; owner < starts.Length - 1; owner++)
        {
            var own = sorted.RowsOf(owner);
            for (var i = 0; i < own.Length;)
            {
                var partner = partners[byPartner[own[i]]];
                var (weight, sum) = (0.0, 0.0);
                for (; i < own.Length && partners[byPartner[own[i]]] == partner; i++)
                {
                    if (visited++ % RowsBetweenPolls == 0)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                    }

                    var row = byPartner[own[i]];
                    weight += rows.Weight(row);
                    sum += values is null ? 0 : rows.Weight(row) * values[row];
                }

                distinct[count] = partner;
                weights[count] = (float)weight;
                if (means is not null)
                {
                    means[count] = (float)(sum / weight);
                }

                count++;
            }

            starts[owner + 1] = count;
        }

        Array.Resize(ref distinct, count);
        Array.Resize(ref weights, count);
        if (means is not null)
        {
            Array.Resize(ref means, count);
        }

        return new ObservedPairs(starts, distinct, weights, means);
    }
}
