using Evenhand.Architecture.Tests.Fixtures.Bodies.Called;

namespace Evenhand.Architecture.Tests.Fixtures.Bodies.Calling;

/// <summary>Its declarations name nothing: the call is in a closure, behind a switch of many targets.</summary>
public sealed class Counter
{
    public int Number { get; init; }

    public Func<int> Counted() => () => Number switch
    {
        0 => 7,
        1 => 5,
        2 => 11,
        3 => Tally.Of(Number),
        4 => 13,
        _ => 1,
    };
}
