using Evenhand.Configuration;
using Evenhand.Tuning.Pruners;
using Evenhand.Tuning.Samplers;
using Evenhand.Tuning.Storage;

namespace Evenhand.Tuning.BuiltIn;

/// <summary>The samplers of this assembly, of which the first is the default, its pruners and its storages.</summary>
public sealed class TuningExtension : IEvenhandExtension
{
    /// <inheritdoc/>
    public void Register(Registry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Add(TpeSampler.Descriptor).Add(RandomSampler.Descriptor).Add(MedianPruner.Descriptor)
            .Add(SqliteStore.Folder).Add(SqliteStore.Database).Add(MemoryStorage.Descriptor);
    }
}
