namespace Evenhand.Tuning.Space;

/// <summary>Holds while another parameter is active and has one of the given values; or, negated, while it is not
/// active or has none of them.</summary>
public sealed record ParameterCondition
{
    private readonly ParameterValue[] _values;

    /// <summary>A condition on a parent parameter.</summary>
    /// <param name="parameter">Name of the parent, which may itself be conditional.</param>
    /// <param name="values">At least one value of the parent.</param>
    /// <exception cref="ArgumentException">The name is blank or there is no value.</exception>
    public ParameterCondition(string parameter, IReadOnlyList<ParameterValue> values)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(parameter);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            throw new ArgumentException($"The condition on '{parameter}' names no value.", nameof(values));
        }

        (Parameter, _values) = (parameter, [.. values]);
    }

    /// <summary>Name of the parent.</summary>
    public string Parameter { get; }

    /// <summary>The parent's values in question.</summary>
    public IReadOnlyList<ParameterValue> Values => _values;

    /// <summary>Whether the parent must not have one of the values.</summary>
    /// <value>false</value>
    public bool IsNegated { get; init; }

    /// <summary>A condition that must hold as well, or null.</summary>
    /// <value>null</value>
    public ParameterCondition? And { get; init; }

    /// <summary>This condition and those that must hold as well.</summary>
    internal IEnumerable<ParameterCondition> All => And is null ? [this] : And.All.Prepend(this);

    /// <summary>Whether the condition, without <see cref="And"/>, holds for a value of the parent.</summary>
    /// <param name="value">The parent's value; null where it is not active.</param>
    public bool Holds(ParameterValue? value) =>
        (value is { } known && Array.IndexOf(_values, known) >= 0) != IsNegated;

    /// <summary>Whether the condition and those of <see cref="And"/> hold.</summary>
    /// <param name="set">The values of the active parameters.</param>
    public bool HoldsIn(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return All.All(condition => condition.Holds(
            set.TryGetValue(condition.Parameter, out var value) ? value : default(ParameterValue?)));
    }

    /// <summary>Whether parents and values, in their order, are the same.</summary>
    /// <param name="other">Another condition.</param>
    public bool Equals(ParameterCondition? other) =>
        other is not null && Parameter == other.Parameter && IsNegated == other.IsNegated && Equals(And, other.And)
        && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Parameter, IsNegated, And, _values.Length, _values[0]);

    /// <inheritdoc/>
    public override string ToString() => string.Join(" and ", All.Select(condition =>
        $"{condition.Parameter} is {(condition.IsNegated ? "not " : "")}{string.Join(" or ", condition.Values)}"));
}
