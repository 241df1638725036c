namespace Evenhand.Configuration.Yaml;

/// <summary>A type that reads its own shape from YAML, where the plain mapping of keys to properties does not
/// do.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IYamlBound<TSelf>
    where TSelf : IYamlBound<TSelf>
{
    /// <summary>Reads a value from a node, which may be of any kind except nothing.</summary>
    /// <param name="element">The node.</param>
    /// <param name="problems">Takes everything that is wrong with it.</param>
    /// <returns>The value; null (default) only where a problem was added.</returns>
    static abstract TSelf? FromYaml(YamlElement element, YamlProblems problems);
}
