using Evenhand.Configuration.Yaml;

namespace Evenhand.Experiments.Files;

/// <summary>Says that exactly one of some keys of a record is given.</summary>
/// <param name="properties">Their properties.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExactlyOneOfAttribute(params string[] properties) : Attribute
{
    /// <summary>The keys.</summary>
    public IReadOnlyList<string> Keys { get; } = [.. properties.Select(YamlNames.Key)];
}
