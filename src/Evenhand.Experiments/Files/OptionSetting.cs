using Evenhand.Tuning.Space;

namespace Evenhand.Experiments.Files;

/// <summary>An option of a learner that does not have its default.</summary>
/// <param name="Key">The option.</param>
public abstract record OptionSetting(OptionKey Key)
{
    /// <summary>Name of the option, such as <c>lora.rank</c>.</summary>
    public string Name => Key.Name;

    /// <summary>When it has an effect, said of other options by their names; null for always.</summary>
    /// <value>null</value>
    public ParameterCondition? When { get; init; }
}

/// <summary>An option with one value for all trials in which it has an effect.</summary>
/// <param name="Key">The option.</param>
/// <param name="Value">The value, of the option's type.</param>
public sealed record FixedOption(OptionKey Key, object Value) : OptionSetting(Key);

/// <summary>An option that the tuner searches.</summary>
/// <param name="Key">The option.</param>
/// <param name="Domain">The values to search.</param>
public sealed record SearchedOption(OptionKey Key, ParameterDomain Domain) : OptionSetting(Key);
