using Evenhand.Configuration;

namespace Evenhand.Cli.Tests;

/// <summary>An extension that fails; this assembly is loaded as one.</summary>
public sealed class FailingExtension : IEvenhandExtension
{
    public void Register(Registry registry) => throw new InvalidOperationException("The licence has run out.");
}
