namespace Evenhand.Experiments.Files;

/// <summary>Says that a record may also be written as one name.</summary>
/// <param name="kind">What that names.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShortFormAttribute(NameKind kind) : Attribute
{
    /// <summary>What the name stands for.</summary>
    public NameKind Kind { get; } = kind;
}
