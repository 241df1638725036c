using Evenhand.Architecture.Tests.Fixtures.Named;

namespace Evenhand.Architecture.Tests.Fixtures.Naming;

/// <summary>Names types as arguments of types and methods that lie elsewhere.</summary>
public static class Arguments
{
    public static int Count()
    {
        try
        {
            return Enumerable.Empty<InBody>().Count();
        }
        catch (CaughtException)
        {
            return 0;
        }
    }

    public static int Count<T>(IReadOnlyList<InDeclaration?> values, T first)
        where T : IConstraint => values.Count + (first is null ? 0 : 1);
}
