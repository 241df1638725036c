using Evenhand.Configuration;
using Evenhand.Tuning.Samplers;

namespace Evenhand.Tuning.BuiltIn;

/// <summary>The samplers of this assembly; the first is the default.</summary>
public sealed class TuningExtension : IEvenhandExtension
{
    /// <inheritdoc/>
    public void Register(Registry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Add(TpeSampler.Descriptor).Add(RandomSampler.Descriptor);
    }
}
