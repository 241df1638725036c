using System.Runtime.InteropServices;
using Evenhand.Torch.Native;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests.Native;

[TestClass]
public sealed class TensorMemoryTests : TorchTest
{
    [TestMethod]
    public void Empty_OtherSizeThanTheDisposed_LiesWhereItLay()
    {
        nint first;
        using (var tensor = empty(3_000_000))
        {
            first = AddressOf(tensor);
        }

        using var next = empty(2_500_000);

        Assert.AreEqual(first, AddressOf(next));
    }

    [TestMethod]
    public void Zeros_WhereOtherValuesLay_AreZeros()
    {
        ones(3_000_000).Dispose();

        Assert.AreEqual(0, zeros(3_000_000).sum().item<float>());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(16_383, DisplayName = "just below what is kept")]
    [DataRow(16_384, DisplayName = "the least that is kept")]
    [DataRow(16_385)]
    public void Ones_AnySize_HoldsItsValues(int count)
    {
        using var tensor = ones(count);

        Assert.AreEqual(0, AddressOf(tensor) % 64);
        Assert.AreEqual(count, tensor.sum().item<float>());
    }

    [TestMethod]
    [DataRow(1L << 45, DisplayName = "more than a process can have")]
    [DataRow(1L << 50, DisplayName = "more than a class is for")]
    public void Empty_MoreThanThereIs_IsAnErrorAndTheNextIsNone(long count)
    {
        var error = Assert.ThrowsExactly<ExternalException>(() => empty(count));

        StringAssert.Contains(error.Message, "can't allocate memory");
        Assert.AreEqual(100_000, ones(100_000).sum().item<float>());
    }

    [TestMethod]
    public void Trim_WithTensorsInUse_LeavesTheirs()
    {
        using var tensor = ones(100_000);
        ones(200_000).Dispose();

        TensorMemory.Trim();

        Assert.AreEqual(100_000, tensor.sum().item<float>());
    }

    private static unsafe nint AddressOf(Tensor tensor)
    {
        fixed (byte* data = tensor.bytes)
        {
            return (nint)data;
        }
    }
}
