using Evenhand.Configuration.Yaml;
using Evenhand.Tuning.Space;

namespace Evenhand.Experiments.Files;

/// <summary>An option of a learner that does not have its default.</summary>
/// <param name="Key">The option.</param>
public abstract record OptionSetting(YamlKey Key);

/// <summary>An option with one value for all trials.</summary>
/// <param name="Key">The option.</param>
/// <param name="Value">The value, of the option's type.</param>
public sealed record FixedOption(YamlKey Key, object Value) : OptionSetting(Key);

/// <summary>An option that the tuner searches.</summary>
/// <param name="Key">The option.</param>
/// <param name="Domain">The values to search.</param>
public sealed record SearchedOption(YamlKey Key, ParameterDomain Domain) : OptionSetting(Key);
