using Evenhand.Configuration.Yaml;

namespace Evenhand.Experiments.Files;

/// <summary>One thing chosen by its name, or by its name with options: <c>tpe</c>, <c>tpe: { startupTrials: 20
/// }</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Options">The options; null where there are none.</param>
internal sealed record ChosenName(string Name, YamlPlace Place, YamlElement? Options)
{
    /// <summary>Reads a node; null where it is neither of the two.</summary>
    public static ChosenName? Of(YamlElement element) => element switch
    {
        { Kind: YamlKind.Scalar, Text: { } name } => new ChosenName(name, element.Place, null),
        { Kind: YamlKind.Mapping, Entries: [var entry] } => new ChosenName(entry.Key, entry.Place, entry.Value),
        _ => null,
    };
}
