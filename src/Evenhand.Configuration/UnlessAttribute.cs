namespace Evenhand.Configuration;

/// <summary>The option has no effect while another option of its record has one of the given values, and an effect
/// itself: the opposite of <see cref="WhenAttribute"/>.</summary>
/// <param name="option">Name of the other property.</param>
/// <param name="values">At least one of its values.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UnlessAttribute(string option, params object[] values) : Attribute
{
    /// <summary>Name of the other property.</summary>
    public string Option { get; } = option;

    /// <summary>The values of the other property under which the option has no effect.</summary>
    public IReadOnlyList<object> Values { get; } = values;
}
