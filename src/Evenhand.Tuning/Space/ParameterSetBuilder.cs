namespace Evenhand.Tuning.Space;

/// <summary>Collects the values of one proposal in the order of the space and knows which parameters are
/// active.</summary>
/// <remarks>A sampler goes through the positions from first to last: parents come before those that depend on
/// them.</remarks>
internal sealed class ParameterSetBuilder(SearchSpace space)
{
    private readonly ParameterValue?[] _values = new ParameterValue?[space.Parameters.Count];

    /// <summary>The value set at a position, null when none is.</summary>
    public ParameterValue? this[int index] => _values[index];

    /// <summary>Whether the parameter is part of the proposal, given the values set so far.</summary>
    public bool IsActive(int index)
    {
        var parents = space.ParentsOf(index);
        var condition = space.Parameters[index].When;
        for (var i = 0; i < parents.Length; i++, condition = condition.And)
        {
            if (!condition!.Holds(_values[parents[i]]))
            {
                return false;
            }
        }

        return true;
    }

    public void Set(int index, ParameterValue value) => _values[index] = value;

    public void Clear(int index) => _values[index] = null;

    /// <summary>A builder with only the values of the parameters on which others depend.</summary>
    public ParameterSetBuilder CopyParents()
    {
        var copy = new ParameterSetBuilder(space);
        for (var index = 0; index < _values.Length; index++)
        {
            if (space.IsParent(index))
            {
                copy._values[index] = _values[index];
            }
        }

        return copy;
    }

    /// <summary>Whether the set has the values of this builder, or none, for the parameters on which others
    /// depend.</summary>
    public bool AgreesWith(ParameterSet set)
    {
        for (var index = 0; index < _values.Length; index++)
        {
            ParameterValue? other = set.TryGetValue(space.Parameters[index].Name, out var value)
                ? value
                : default(ParameterValue?);
            if (space.IsParent(index) && other != _values[index])
            {
                return false;
            }
        }

        return true;
    }

    public ParameterSet ToSet()
    {
        var entries = new List<KeyValuePair<string, ParameterValue>>(_values.Length);
        for (var index = 0; index < _values.Length; index++)
        {
            if (_values[index] is { } value)
            {
                entries.Add(KeyValuePair.Create(space.Parameters[index].Name, value));
            }
        }

        return new ParameterSet(entries);
    }
}
