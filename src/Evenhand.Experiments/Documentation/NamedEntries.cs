using System.Reflection;
using Evenhand.Configuration;
using Evenhand.Experiments.Files;

namespace Evenhand.Experiments.Documentation;

/// <summary>What types that are <see cref="INamedEntry"/> may name.</summary>
internal static class NamedEntries
{
    private static readonly MethodInfo ChoicesOfType =
        typeof(NamedEntries).GetMethod(nameof(Of), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The choices of a type; null where it is none.</summary>
    public static NamedChoice[]? Find(Type type, Registry registry) => type.IsAssignableTo(typeof(INamedEntry))
        ? [.. (IEnumerable<NamedChoice>)ChoicesOfType.MakeGenericMethod(type).Invoke(null, [registry])!]
        : null;

    private static IEnumerable<NamedChoice> Of<T>(Registry registry)
        where T : INamedEntry => T.Choices(registry);
}
