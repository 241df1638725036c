using Evenhand.Configuration;
using Evenhand.Learning.BuiltIn;
using Evenhand.Torch;
using Evenhand.Tuning.BuiltIn;

namespace Evenhand.Experiments.Tests;

/// <summary>What names stand for in these tests.</summary>
internal static class Registries
{
    /// <summary>All that is built in, deep models too; nobody adds to it.</summary>
    public static Registry Full { get; } =
        new Registry().Add(new TuningExtension()).Add(new LearningExtension()).Add(new TorchExtension());
}
