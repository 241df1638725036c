using System.ComponentModel.DataAnnotations;

namespace Evenhand.Configuration;

/// <summary>Base of all options records: one <c>sealed record</c> with <c>init</c> properties for each learner and each
/// mitigation.</summary>
/// <remarks>
/// From that record alone come the defaults (its initializers), the YAML keys (the property names in camelCase), the
/// validation (<see cref="RangeAttribute"/>), the default search intervals
/// (<see cref="SearchRangeAttribute"/>) and the documentation (the XML comments). Properties are of type int, double,
/// bool or an enum, or texts that name a file (<see cref="FilePathAttribute"/>) or a group; or options records
/// themselves, whose initializer is <c>new()</c>. <see cref="WhenAttribute"/> and <see cref="UnlessAttribute"/> say
/// when an option, or such a record, has an effect.
/// </remarks>
public abstract record OptionsRecord : IOptionsRecord
{
    /// <summary>Checks the properties by <see cref="OptionsValidator"/>.</summary>
    /// <remarks>Every learner and mitigation does so before it fits; whoever reads options from a file may do so
    /// earlier.</remarks>
    /// <exception cref="InputException">A value is not allowed; the message names the key, the value and what is
    /// allowed, one line for each problem.</exception>
    public void Validate() => OptionsValidator.Check(this);

    /// <inheritdoc/>
    public virtual IEnumerable<OptionProblem> Contradictions() => [];

    /// <summary>The problem where the value of a property is not allowed.</summary>
    /// <param name="property">Name of the property.</param>
    /// <param name="value">Its value.</param>
    /// <param name="expected">What is allowed, to follow "it must be".</param>
    protected static OptionProblem Invalid(string property, object? value, string expected) =>
        OptionsValidator.Problem(property, value, $"must be {expected}");
}
