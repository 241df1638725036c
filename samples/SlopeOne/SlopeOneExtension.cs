using Evenhand.Configuration;
using Evenhand.Metrics;

namespace SlopeOne;

/// <summary>What this assembly adds.</summary>
public sealed class SlopeOneExtension : IEvenhandExtension
{
    /// <inheritdoc/>
    public void Register(Registry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Add(SlopeOneLearner.Descriptor).Add(SmallGroupWeights.Descriptor).Add<Metric>(new WithinOne());
    }
}
