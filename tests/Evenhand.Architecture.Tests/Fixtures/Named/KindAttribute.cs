namespace Evenhand.Architecture.Tests.Fixtures.Named;

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class KindAttribute(Type kind) : Attribute
{
    public Type Kind { get; } = kind;

    public Shade Shade { get; init; }
}
