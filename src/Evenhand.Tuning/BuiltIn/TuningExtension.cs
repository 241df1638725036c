using Evenhand.Configuration;
using Evenhand.Tuning.Pruners;
using Evenhand.Tuning.Samplers;

namespace Evenhand.Tuning.BuiltIn;

/// <summary>The samplers of this assembly, of which the first is the default, and its pruners.</summary>
public sealed class TuningExtension : IEvenhandExtension
{
    /// <inheritdoc/>
    public void Register(Registry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Add(TpeSampler.Descriptor).Add(RandomSampler.Descriptor).Add(MedianPruner.Descriptor);
    }
}
