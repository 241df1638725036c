namespace Evenhand.Configuration.Yaml;

/// <summary>A value that remembers where it was written, for checks that come later than reading.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Place">Where it was written.</param>
public sealed record Located<T>(T Value, YamlPlace Place)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Value}";
}
