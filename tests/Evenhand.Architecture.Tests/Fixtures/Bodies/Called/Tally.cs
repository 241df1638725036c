using Evenhand.Architecture.Tests.Fixtures.Bodies.Calling;

namespace Evenhand.Architecture.Tests.Fixtures.Bodies.Called;

/// <summary>Its declarations name nothing either: the way back is a test of a type.</summary>
public static class Tally
{
    public static int Of(object counted) => counted is Counter ? 1 : 0;
}
