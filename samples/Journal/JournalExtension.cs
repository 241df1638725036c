using Evenhand.Configuration;

namespace Journal;

/// <summary>What this assembly adds.</summary>
public sealed class JournalExtension : IEvenhandExtension
{
    /// <inheritdoc/>
    public void Register(Registry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Add(JournalStorage.Descriptor);
    }
}
