using Evenhand.Configuration;
using Evenhand.Learning.Mitigations.Post;
using Evenhand.Learning.Mitigations.Post.GroupCalibration;

namespace Evenhand.Learning.BuiltIn;

/// <summary>The learners and mitigations of this assembly, and the models around models that they make.</summary>
public sealed class LearningExtension : IEvenhandExtension
{
    /// <inheritdoc/>
    public void Register(Registry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Add(BuiltInLearners.All).Add(BuiltInMitigations.All);
        registry.Add(RerankedModel.Format).Add(GroupCalibratedModel.Format);
    }
}
