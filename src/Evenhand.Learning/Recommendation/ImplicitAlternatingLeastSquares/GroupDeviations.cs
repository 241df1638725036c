using Evenhand.Learning.Mitigations.In.ExposureRegularizer;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;

/// <summary>How far the mean factors of each group of items lie from the mean factors of all items of known group, and
/// what a penalty on that adds to the two halves of an iteration.</summary>
/// <remarks>
/// <para>With d the deviations, n the sizes of the groups and <c>B = sum over groups n d d'</c>, the penalty is
/// <c>alpha weight sum over users p'Bp</c>. For a user with the items held it adds weight B to their Gram matrix,
/// exactly.</para>
/// <para>For the items with the users held, it is <c>alpha weight tr(H Q'TQ)</c>, with H the Gram matrix of the users
/// and T the projection of the table Q onto deviations of groups. T couples the items; but no eigenvalue of a
/// projection exceeds 1, so that around the present factors q0 the penalty is at most
/// <c>constant + alpha weight sum over items (q - (q0 - d))' H (q - (q0 - d))</c>, and equal to it at q0. Minimized
/// instead of the penalty, this bound keeps the items apart and never raises the loss (majorization and minimization):
/// H weighs 1 + weight times as much, and alpha weight H (q0 - d) is added to the right side.</para>
/// </remarks>
internal sealed class GroupDeviations
{
    private const int RowsBetweenPolls = 1 << 12;

    private readonly GroupMeanPenalty _penalty;
    private readonly FactorTable _deviations;

    /// <param name="penalty">Groups and weight.</param>
    /// <param name="items">Factors of the items as they are now.</param>
    /// <param name="cancellationToken">Polled every so many items.</param>
    public GroupDeviations(GroupMeanPenalty penalty, FactorTable items, CancellationToken cancellationToken)
    {
        _penalty = penalty;
        var groups = penalty.Groups;
        var sizes = new int[groups];
        Directions = new FactorTable(groups, items.Rank);
        _deviations = new FactorTable(groups, items.Rank);
        var sums = new double[groups, items.Rank];
        for (var item = 0; item < items.Rows; item++)
        {
            if (item % RowsBetweenPolls == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (penalty.GroupOfItem[item] is var group and >= 0)
            {
                sizes[group]++;
                var factors = items[item];
                for (var factor = 0; factor < factors.Length; factor++)
                {
                    sums[group, factor] += factors[factor];
                }
            }
        }

        var known = sizes.Sum();
        for (var factor = 0; factor < items.Rank; factor++)
        {
            var total = 0.0;
            for (var group = 0; group < groups; group++)
            {
                total += sums[group, factor];
            }

            for (var group = 0; group < groups; group++)
            {
                var deviation = sizes[group] == 0 ? 0 : (sums[group, factor] / sizes[group]) - (total / known);
                _deviations[group][factor] = (float)deviation;
                Directions[group][factor] = (float)(Math.Sqrt(penalty.Weight * sizes[group]) * deviation);
            }
        }
    }

    /// <summary>A row for each group, <c>sqrt(weight n) d</c>: their outer products sum to weight B.</summary>
    public FactorTable Directions { get; }

    /// <summary>Adds the outer products of directions to a Gram matrix.</summary>
    public static void Add(FactorTable directions, FactorTable gram)
    {
        for (var group = 0; group < directions.Rows; group++)
        {
            var direction = directions.Padded(group);
            for (var row = 0; row < direction.Length; row++)
            {
                FloatVectors.AddScaled(direction[row], direction, gram.Padded(row));
            }
        }
    }

    /// <summary>By how much the scores of an item weigh more than without the penalty.</summary>
    public float UnobservedFactor(int item) => _penalty.GroupOfItem[item] < 0 ? 1 : (float)(1 + _penalty.Weight);

    /// <summary>What is added to the right side of an item: <c>alpha weight H (q0 - d)</c>.</summary>
    /// <param name="item">Row of the item.</param>
    /// <param name="own">Its present factors with their padding.</param>
    /// <param name="gram">H.</param>
    /// <param name="alpha">The unobserved weight.</param>
    /// <param name="room">Two rows to work in, one of which is returned.</param>
    public ReadOnlySpan<float> Pull(
        int item, ReadOnlySpan<float> own, FactorTable gram, double alpha, FactorTable room)
    {
        var group = _penalty.GroupOfItem[item];
        if (group < 0)
        {
            return [];
        }

        var target = room.Padded(0);
        var pull = room.Padded(1);
        own.CopyTo(target);
        FloatVectors.AddScaled(-1, _deviations.Padded(group), target);
        for (var row = 0; row < pull.Length; row++)
        {
            pull[row] = (float)(alpha * _penalty.Weight) * FloatVectors.Dot(gram.Padded(row), target);
        }

        return pull;
    }
}
