using Evenhand.Torch.Encoders;
using Evenhand.Torch.Training;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests;

/// <summary>Numbers that are handed to libtorch are held until it has read them.</summary>
[TestClass]
[DoNotParallelize]
public sealed class TensorArithmeticTests : TorchTest
{
    // Each of several threads makes so many: one that waits for its turn in the middle of a call leaves it most
    // exposed.
    private const int Calls = 3_000;
    private const int Threads = 4;

    [TestMethod]
    public void Activation_GarbageIsCollectedMeanwhile_GivesTheSameValues()
    {
        var input = tensor(new[] { -2f, -0.5f, 0f, 1f, 3f });
        float[] expected = [-0.0454023f, -0.1542860f, 0f, 0.8411920f, 2.9963627f];
        UnderCollections(() => AreEqual(expected, Activation.GeluTanh.Of(input)));
    }

    [TestMethod]
    public void AdamWStep_GarbageIsCollectedMeanwhile_GivesTheSameValues() => UnderCollections(() =>
    {
        // By hand: m = 0.9 * 0.5 + 0.1 * 2, v = 0.999 * 4 + 0.001 * 4, w = 0.5 * 3 - 0.1 * m / (sqrt(v) / 0.5).
        var (weights, average, square) = (tensor(new[] { 3f }), tensor(new[] { 0.5f }), tensor(new[] { 4f }));
        new AdamWStep(0.5, 0.1, 0.5).Apply(weights, tensor(new[] { 2f }), average, square);
        AreEqual([0.65f], average);
        AreEqual([4f], square);
        AreEqual([1.48375f], weights);
    });

    // Collects garbage, and waits for what it frees, on another thread for as long as the calls go on.
    private static void UnderCollections(Action call)
    {
        using var stop = new CancellationTokenSource();
        var collector = Task.Factory.StartNew(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    GC.Collect(0);
                    GC.WaitForPendingFinalizers();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            Parallel.For(0, Threads, _ =>
            {
                for (var i = 0; i < Calls; i++)
                {
                    using var scope = NewDisposeScope();
                    call();
                }
            });
        }
        finally
        {
            stop.Cancel();
            collector.Wait();
        }
    }

    private static void AreEqual(float[] expected, Tensor actual)
    {
        var found = actual.data<float>().ToArray();
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], found[i], 1e-5f);
        }
    }
}
