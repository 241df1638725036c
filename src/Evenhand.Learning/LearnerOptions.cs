namespace Evenhand.Learning;

/// <summary>Base of all options records. A learner's options are one <c>sealed record</c> with <c>init</c> properties.</summary>
/// <remarks>
/// From that record alone come the defaults (its initializers), the YAML keys (the property names in camelCase), the validation
/// (<see cref="System.ComponentModel.DataAnnotations.RangeAttribute"/>), the default search intervals
/// (<see cref="Evenhand.Tuning.SearchRangeAttribute"/>) and the documentation (the XML comments).
/// Properties are of type int, double, bool or an enum.
/// </remarks>
public abstract record LearnerOptions;
