namespace Evenhand.Experiments.Files;

/// <summary>Says what a text, or each text of a list, is the name of, so that editors can complete it.</summary>
/// <param name="kind">What it names.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NamesAttribute(NameKind kind) : Attribute
{
    /// <summary>What it names.</summary>
    public NameKind Kind { get; } = kind;
}
