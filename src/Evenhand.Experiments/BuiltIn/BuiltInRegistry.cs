using Evenhand.Configuration;
using Evenhand.Learning.BuiltIn;
using Evenhand.Tuning.BuiltIn;

namespace Evenhand.Experiments.BuiltIn;

/// <summary>The registry that a program starts from.</summary>
public static class BuiltInRegistry
{
    /// <summary>A new registry with all samplers, learners and mitigations that need no further assembly.</summary>
    /// <remarks>Deep models come with <c>.Add(new TorchExtension())</c>, of Evenhand.Torch.</remarks>
    public static Registry Create() => new Registry().Add(new TuningExtension()).Add(new LearningExtension());
}
