namespace Evenhand.Tuning.Space;

/// <summary>A named parameter and the values that it may take.</summary>
/// <param name="Name">Unique in its space, not blank.</param>
/// <param name="Domain">The values.</param>
public sealed record Parameter(string Name, ParameterDomain Domain)
{
    /// <summary>Unique in its space, not blank.</summary>
    public string Name { get; } = string.IsNullOrWhiteSpace(Name)
        ? throw new ArgumentException("A parameter needs a name.", nameof(Name))
        : Name;

    /// <summary>The values.</summary>
    public ParameterDomain Domain { get; } = Domain ?? throw new ArgumentNullException(nameof(Domain));

    /// <summary>When the parameter is part of a proposal; null for always.</summary>
    /// <value>null</value>
    public ParameterCondition? When { get; init; }
}
