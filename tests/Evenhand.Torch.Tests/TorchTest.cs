using Evenhand.Torch.Runtime;
using TorchSharp;

namespace Evenhand.Torch.Tests;

/// <summary>A test that needs libtorch: skipped with the install command where it is missing, and failed where a
/// native tensor outlives it.</summary>
[DoNotParallelize]
public abstract class TorchTest
{
    private DisposeScope? scope;
    private long before;

    /// <summary>Opens a scope around the test.</summary>
    [TestInitialize]
    public void OpenScope()
    {
        RequireTorch();

        // What earlier tests left to the finalizer must not go while this one counts.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        torch.set_num_threads(1);
        before = TorchRuntime.LiveTensors;
        scope = torch.NewDisposeScope();
    }

    /// <summary>Closes the scope and counts what is left.</summary>
    [TestCleanup]
    public void CloseScope()
    {
        if (scope is not null)
        {
            scope.Dispose();
            Assert.AreEqual(before, TorchRuntime.LiveTensors, "native tensors were left over");
        }
    }

    /// <summary>Skips the test with the install command where libtorch is missing.</summary>
    internal static void RequireTorch()
    {
        try
        {
            TorchRuntime.Require();
        }
        catch (TorchMissingException e)
        {
            Assert.Inconclusive(e.Message);
        }
    }

    private protected static void AreNear(double[] expected, torch.Tensor actual, double tolerance)
    {
        using var flat = actual.detach().to(torch.float64).reshape(-1);
        var found = flat.data<double>().ToArray();
        Assert.HasCount(expected.Length, found);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], found[i], tolerance * Math.Max(1, Math.Abs(expected[i])), $"element {i}");
        }
    }
}
