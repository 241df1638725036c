using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests;

[TestClass]
public sealed class DisposeScopeTests : TorchTest
{
    [TestMethod]
    public void Dispose_Scope_TakesItsTensorsAndNoOthers()
    {
        var outer = ones(2);
        Tensor inner, moved;
        using (NewDisposeScope())
        {
            inner = outer + 1;
            moved = (outer + 2).MoveToOuterDisposeScope();
        }

        Assert.IsTrue(inner.IsInvalid);
        Assert.IsFalse(outer.IsInvalid);
        Assert.AreEqual(6f, moved.sum().item<float>());
    }

    [TestMethod]
    public void DetachFromDisposeScope_Tensor_LivesUntilItIsDisposedOf()
    {
        Tensor kept;
        using (NewDisposeScope())
        {
            kept = ones(2).DetachFromDisposeScope();
        }

        Assert.IsFalse(kept.IsInvalid);
        kept.Dispose();
    }

    [TestMethod]
    public void DisposeEverythingBut_OneTensor_KeepsIt()
    {
        using var scope = NewDisposeScope();
        var a = ones(2);
        var b = ones(2);

        scope.DisposeEverythingBut(a);

        Assert.IsFalse(a.IsInvalid);
        Assert.IsTrue(b.IsInvalid);
        Assert.AreEqual(1, scope.DisposablesCount);
    }

    [TestMethod]
    public void Dispose_OuterBeforeInner_LeavesTheInnerInOrder()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        var x = ones(2);

        outer.Dispose();

        Assert.IsFalse(x.IsInvalid);
        inner.Dispose();
        Assert.IsTrue(x.IsInvalid);
    }

    [TestMethod]
    public void WrappedTensorDisposeScope_Computation_LeavesOnlyTheResult()
    {
        var x = ones(2);
        var before = TorchRuntime.LiveTensors;

        var y = WrappedTensorDisposeScope(() => (x + 1) * (x + 2));

        Assert.AreEqual(before + 1, TorchRuntime.LiveTensors);
        Assert.AreEqual(12f, y.sum().item<float>());
    }

    [TestMethod]
    public void Statistics_TensorsInAndOutOfScopes_AreCounted()
    {
        var statistics = DisposeScopeManager.Statistics;
        statistics.Reset();

        using (NewDisposeScope())
        {
            _ = ones(1);
            ones(1).DetachFromDisposeScope().Dispose();
        }

        Assert.AreEqual(2, statistics.CreatedInScopeCount);
        Assert.AreEqual(1, statistics.DisposedInScopeCount);
        Assert.AreEqual(1, statistics.DetachedFromScopeCount);
        Assert.AreEqual(1, statistics.DisposedOutsideScopeCount);
        Assert.AreEqual(0, statistics.ThreadTotalLiveCount);
    }

    [TestMethod]
    public void Parameter_OfATensor_TakesItOver()
    {
        using var scope = NewDisposeScope();
        var data = ones(2);

        var parameter = nn.Parameter(data);

        Assert.IsTrue(data.IsInvalid);
        Assert.AreEqual(1, scope.DisposablesCount);
        Assert.IsTrue(parameter.requires_grad);
    }
}
