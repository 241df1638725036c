namespace Evenhand.Architecture.Tests.Fixtures.Named;

public enum Shade
{
    Light,
    Dark,
}
