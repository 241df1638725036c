using Evenhand.Configuration;
using Evenhand.Tuning.Space;

namespace Evenhand.Experiments.Files;

/// <summary>Where the options of a learner or a mitigation have an effect, given what the file says of all of
/// them.</summary>
/// <param name="options">The options with every default and fixed value in place.</param>
/// <param name="settings">What the file says.</param>
internal sealed class OptionEffects(OptionsRecord options, IReadOnlyList<OptionSetting> settings)
{
    /// <summary>Where an option has an effect.</summary>
    /// <param name="WhyIdle">Why it never has one, to follow its name; null where it may have one.</param>
    /// <param name="When">When it has one, said of searched options by their names; null for always.</param>
    public readonly record struct Effect(string? WhyIdle, ParameterCondition? When);

    /// <summary>Where an option has an effect, and the records of options that it is part of have one.</summary>
    public Effect Of(OptionKey key)
    {
        var around = key.Within is null ? default : Of(key.Within);
        var own = Own(key);
        return around.WhyIdle is not null || own is (null, null) ? around

            // An option that is searched is active only where the record has an effect that it is part of.
            : own.WhyIdle is not null || !own.When!.IsNegated ? own
            : own with { When = own.When with { And = around.When } };
    }

    // Within its own record. There is one condition at most, on one searched option.
    private Effect Own(OptionKey key)
    {
        if (key.Key.Condition is not { } condition)
        {
            return default;
        }

        var other = key.Beside(condition.Option);
        var effect = Own(other);
        var domain = (settings.FirstOrDefault(s => s.Name == other.Name) as SearchedOption)?.Domain;
        var wanted = condition.Values.Select(OptionReader.ToParameter)
            .Where(value => domain is null
                ? value == OptionReader.ToParameter(other.ValueIn(options)!)
                : domain.Count is not null && domain.Contains(value))
            .ToArray();
        if (wanted.Length == 0 || (condition.IsNegated && effect.WhyIdle is not null))
        {
            return condition.IsNegated
                ? default
                : new(condition.Refuse(domain?.ToString() ?? OptionCondition.Text(other.ValueIn(options))), null);
        }

        if (wanted.Length < (domain?.Count ?? 1))
        {
            return effect.WhyIdle is not null
                ? effect
                : new(null, new ParameterCondition(other.Name, wanted) { IsNegated = condition.IsNegated });
        }

        // It has one of the values wherever it has an effect.
        return !condition.IsNegated ? effect
            : effect.When is { } when ? new(null, when with { IsNegated = !when.IsNegated })
            : new(condition.Refuse(""), null);
    }
}
