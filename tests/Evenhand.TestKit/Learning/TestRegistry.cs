using Evenhand.Configuration;
using Evenhand.Learning.BuiltIn;
using Evenhand.Tuning.BuiltIn;

namespace Evenhand.TestKit.Learning;

/// <summary>What names stand for in tests that need no libtorch.</summary>
public static class TestRegistry
{
    /// <summary>All that is built in; nobody adds to it.</summary>
    public static Registry Shared { get; } = new Registry().Add(new TuningExtension()).Add(new LearningExtension());
}
