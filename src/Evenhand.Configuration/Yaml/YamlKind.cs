namespace Evenhand.Configuration.Yaml;

/// <summary>The form of a YAML node.</summary>
public enum YamlKind
{
    /// <summary>Nothing: an empty value, <c>~</c> or <c>null</c>.</summary>
    Null,

    /// <summary>One value: text, a number, true or false.</summary>
    Scalar,

    /// <summary>A list.</summary>
    List,

    /// <summary>Keys with values.</summary>
    Mapping,
}
