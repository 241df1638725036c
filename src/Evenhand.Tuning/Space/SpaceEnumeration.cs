namespace Evenhand.Tuning.Space;

/// <summary>Goes through the sets of a space one by one, so that what has not been tried is found however small the
/// part of the space is that is left.</summary>
internal static class SpaceEnumeration
{
    /// <summary>Every set of the space, the values of its last parameters changing first; lazily, since a space may be
    /// huge.</summary>
    /// <param name="space">The space.</param>
    /// <param name="random">A continuous parameter takes one value drawn from here, in the place of all.</param>
    public static IEnumerable<ParameterSet> Sets(SearchSpace space, Random random) =>
        From(0, new ParameterSetBuilder(space), space, random);

    private static IEnumerable<ParameterSet> From(
        int index, ParameterSetBuilder builder, SearchSpace space, Random random)
    {
        if (index == space.Parameters.Count)
        {
            return [builder.ToSet()];
        }

        return builder.IsActive(index)
            ? Branches(index, builder, space, random)
            : From(index + 1, builder, space, random);
    }

    private static IEnumerable<ParameterSet> Branches(
        int index, ParameterSetBuilder builder, SearchSpace space, Random random)
    {
        var domain = space.Parameters[index].Domain;
        for (var level = 0L; level < (domain.Count ?? 1); level++)
        {
            builder.Set(index, domain.Count is null ? domain.FromUnit(random.NextDouble()) : domain.ValueOf(level));
            foreach (var set in From(index + 1, builder, space, random))
            {
                yield return set;
            }
        }

        // What depends on it must not find the value of another branch.
        builder.Clear(index);
    }
}
