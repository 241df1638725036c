using System.Reflection;
using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;

namespace Evenhand.Experiments.Files;

/// <summary>An option of a learner or a mitigation, or of a record of options in theirs.</summary>
/// <param name="Key">What it is within its own record.</param>
/// <param name="Within">The option that is the record around it; null for one of the learner or the mitigation
/// itself.</param>
/// <param name="Name">Its name, such as <c>fineTuning</c> or <c>lora.rank</c>.</param>
public sealed record OptionKey(YamlKey Key, OptionKey? Within, string Name)
{
    /// <summary>The name that the option once had beside the record around it, or null.</summary>
    internal string? FormerName => Key.Property.GetCustomAttribute<FormerNameAttribute>()?.Name;

    /// <summary>Whether it is a record of options.</summary>
    internal bool IsRecord => Key.Shape.Kind == YamlShapeKind.Record;

    /// <summary>The options in it; empty where it is no record.</summary>
    internal IReadOnlyList<OptionKey> Inner => IsRecord ? Of(Key.Shape.Type, this) : [];

    /// <summary>The option itself, or where it is a record those in it that are none.</summary>
    internal IEnumerable<OptionKey> Single => IsRecord ? Inner.SelectMany(inner => inner.Single) : [this];

    /// <summary>The options of a record, in the order of its properties.</summary>
    /// <param name="type">The record.</param>
    /// <param name="within">The option that it is; null for the options of a learner or a mitigation.</param>
    internal static IReadOnlyList<OptionKey> Of(Type type, OptionKey? within = null) =>
    [
        .. YamlShape.OfRecord(type).Keys.Select(key => new OptionKey(
            key, within, within is null ? key.Name : $"{within.Name}.{key.Name}")),
    ];

    /// <summary>The options of a learner or a mitigation as earlier versions had them: no record among them, and each
    /// under its former name.</summary>
    internal static IReadOnlyList<OptionKey> FormerOf(Type type) =>
        [.. Of(type).SelectMany(key => key.Single).Select(key => key with { Name = key.FormerName ?? key.Name })];

    /// <summary>The option beside this one that a property is.</summary>
    internal OptionKey Beside(PropertyInfo property) =>
        Of(property.ReflectedType!, Within).First(key => key.Key.Property.Name == property.Name);

    /// <summary>Its value.</summary>
    /// <param name="options">The options of the learner or the mitigation.</param>
    internal object? ValueIn(object options) => Key.Property.GetValue(Within?.ValueIn(options) ?? options);

    /// <summary>Sets its value.</summary>
    /// <param name="options">New options that nobody else holds: the one moment at which they may be set.</param>
    /// <param name="value">The value.</param>
    internal void Set(object options, object value) =>
        Key.Property.SetValue(Within?.ValueIn(options) ?? options, value);
}
