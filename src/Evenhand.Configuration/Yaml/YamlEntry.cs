namespace Evenhand.Configuration.Yaml;

/// <summary>A key of a mapping and its value.</summary>
/// <param name="Key">The key as written, without quotes.</param>
/// <param name="Place">Where the key stands.</param>
/// <param name="Value">The value.</param>
public sealed record YamlEntry(string Key, YamlPlace Place, YamlElement Value);
