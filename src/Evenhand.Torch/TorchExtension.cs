using Evenhand.Configuration;
using Evenhand.Torch.Transformer;
using Evenhand.Torch.TwoTower;

namespace Evenhand.Torch;

/// <summary>The learners of this assembly. Nothing native is loaded before one of them fits or a model of theirs is
/// read.</summary>
public sealed class TorchExtension : IEvenhandExtension
{
    /// <inheritdoc/>
    public void Register(Registry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Add(TransformerLearner.Descriptor).Add(TwoTowerLearner.Descriptor);
    }
}
