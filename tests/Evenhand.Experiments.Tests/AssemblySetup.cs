using Evenhand.Torch;

namespace Evenhand.Experiments.Tests;

[TestClass]
public static class AssemblySetup
{
    // As the command line does: pages and schema list the learners of every assembly, whether or not libtorch is there.
    [AssemblyInitialize]
    public static void Register(TestContext context) => TorchLearners.Register();
}
