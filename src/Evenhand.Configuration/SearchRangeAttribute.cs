namespace Evenhand.Configuration;

/// <summary>The interval that a tuner searches for an option when the user names the option but gives no interval of
/// their own.</summary>
/// <remarks>What is allowed is said by <see cref="System.ComponentModel.DataAnnotations.RangeAttribute"/>; what is
/// worth searching, here.</remarks>
/// <param name="low">Smallest value, inclusive.</param>
/// <param name="high">Largest value, inclusive.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SearchRangeAttribute(double low, double high) : Attribute
{
    /// <summary>Smallest value, inclusive.</summary>
    public double Low { get; } = low;

    /// <summary>Largest value, inclusive.</summary>
    public double High { get; } = high;

    /// <summary>Whether the tuner works on the logarithm.</summary>
    /// <value>false</value>
    public bool Log { get; init; }
}
