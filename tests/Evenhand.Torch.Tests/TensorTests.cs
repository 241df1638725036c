using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests;

[TestClass]
public sealed class TensorTests : TorchTest
{
    [TestMethod]
    public void Matmul_SmallMatrices_IsTheProduct()
    {
        var a = tensor(new float[] { 1, 2, 3, 4 }, [2, 2]);
        var b = tensor(new float[] { 5, 6, 7, 8 }, [2, 2]);

        AreNear([19, 22, 43, 50], a.matmul(b), 0);
    }

    [TestMethod]
    public void Backward_Polynomial_IsItsDerivative()
    {
        var x = tensor(3.0, requires_grad: true);

        (2 * x * x - x + 1).backward();

        Assert.AreEqual(11.0, x.grad!.item<double>());
    }

    [TestMethod]
    public void Index_SlicesMasksAndNumbers_AreAsInPyTorch()
    {
        var x = arange(24).view(2, 3, 4);

        CollectionAssert.AreEqual(new long[] { 2, 4 }, x[.., 1].shape);
        CollectionAssert.AreEqual(new long[] { 13, 17, 21 }, x[1, .., 1].data<long>().ToArray());
        CollectionAssert.AreEqual(new long[] { 3, 7, 11, 15, 19, 23 }, x[TensorIndex.Ellipsis,
            ^1].reshape(-1).data<long>().ToArray());
        CollectionAssert.AreEqual(new long[] { 1, 2, 3, 4 }, x[TensorIndex.None].shape);
        CollectionAssert.AreEqual(new long[] { 22, 23 }, x[x > 21].data<long>().ToArray());
        CollectionAssert.AreEqual(
            new long[] { 8, 0 }, x[0, TensorIndex.Tensor(tensor(new long[] { 2, 0 })), 0].data<long>().ToArray());
    }

    [TestMethod]
    public void Index_Written_ChangesOnlyThePart()
    {
        var x = zeros(2, 3);

        x[1, 1..] = tensor(new float[] { 4, 5 });

        AreNear([0, 0, 0, 0, 4, 5], x, 0);
    }

    [TestMethod]
    public void Split_ManyParts_ReturnsAll()
    {
        var parts = arange(10).split(1);

        Assert.HasCount(10, parts);
        Assert.AreEqual(9, parts[9].item<long>());
    }
}
