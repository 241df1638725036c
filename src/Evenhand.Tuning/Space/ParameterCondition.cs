namespace Evenhand.Tuning.Space;

/// <summary>Holds while another parameter is active and has one of the given values.</summary>
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

    /// <summary>The parent's values under which the condition holds.</summary>
    public IReadOnlyList<ParameterValue> Values => _values;

    /// <summary>Whether the condition holds for a value of the parent.</summary>
    /// <param name="value">The parent's value.</param>
    public bool Holds(ParameterValue value) => Array.IndexOf(_values, value) >= 0;

    /// <summary>Whether parent and values, in their order, are the same.</summary>
    /// <param name="other">Another condition.</param>
    public bool Equals(ParameterCondition? other) =>
        other is not null && Parameter == other.Parameter && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Parameter, _values.Length, _values[0]);

    /// <inheritdoc/>
    public override string ToString() => $"{Parameter} is {string.Join(" or ", _values)}";
}
