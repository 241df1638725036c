using Evenhand.Architecture.Tests.Fixtures.Named;

namespace Evenhand.Architecture.Tests.Fixtures.Naming;

public static class Attributed
{
    public static string Show(
        [Kind(typeof(Dictionary<string, InAttribute[]>), Shade = Shade.Dark)] string text) => text;
}
