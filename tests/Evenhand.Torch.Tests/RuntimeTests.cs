using Evenhand.Torch;
using TorchSharp;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests;

[TestClass]
public sealed class RuntimeTests : TorchTest
{
    [TestMethod]
    public void Matmul_ShapesThatDoNotFit_SaysSoWithoutStackTrace()
    {
        var error = Assert.ThrowsExactly<TorchException>(() => ones(2, 3).matmul(ones(2, 3)));

        StringAssert.Contains(error.Message, "matmul");
        Assert.DoesNotContain("frame #", error.Message);
    }

    [TestMethod]
    public void Select_BeyondTheEnd_IsOutOfRange() =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ones(2)[5]);

    [TestMethod]
    public void Empty_MoreThanTheMachineHas_IsShortageOfMemory() =>
        Assert.ThrowsExactly<InsufficientMemoryException>(() => empty(1L << 50));

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
        full([3_000_000], 7f).Dispose();

        Assert.AreEqual(0, zeros(3_000_000).sum().item<float>());
    }

    [TestMethod]
    public void Handle_Disposed_SaysSo()
    {
        var x = ones(2);
        x.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => x.exp());
    }

    [TestMethod]
    public void RandomState_SetBack_RepeatsTheNumbers()
    {
        manual_seed(7);
        var state = torch.random.get_rng_state();
        var first = rand(5).data<float>().ToArray();

        torch.random.set_rng_state(state);

        CollectionAssert.AreEqual(first, rand(5).data<float>().ToArray());
    }

    [TestMethod]
    public void Generator_SameSeed_SameNumbers()
    {
        using var a = new Generator(3);
        using var b = new Generator(3);

        CollectionAssert.AreEqual(
            rand([4], generator: a).data<float>().ToArray(), rand([4], generator: b).data<float>().ToArray());
    }

    [TestMethod]
    public void Autocast_BFloat16_ComputesProductsInIt()
    {
        using (TorchRuntime.Autocast(bfloat16, CPU))
        {
            Assert.AreEqual(bfloat16, ones(2, 2).matmul(ones(2, 2)).dtype);
        }

        Assert.AreEqual(float32, ones(2, 2).matmul(ones(2, 2)).dtype);
    }

    private static unsafe nint AddressOf(Tensor tensor)
    {
        void* data;
        NativeError.ThrowIfFailed(NativeMethods.Data(tensor.Handle, &data), nameof(AddressOf));
        return (nint)data;
    }
}
