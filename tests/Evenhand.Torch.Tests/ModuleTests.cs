using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests;

[TestClass]
public sealed class ModuleTests : TorchTest
{
    [TestMethod]
    public void NamedParameters_Nested_HaveNamesOfFieldsJoinedByDots()
    {
        using var model = new TwoLayers();

        CollectionAssert.AreEqual(
            new[] { "start.weight", "start.bias", "rest.0.weight", "rest.0.bias", "scale" }.Order().ToArray(),
            model.named_parameters().Select(p => p.name).Order().ToArray());
        CollectionAssert.AreEqual(new[] { "offset" }, model.named_buffers().Select(b => b.name).ToArray());
    }

    [TestMethod]
    public void LoadStateDict_OfAnother_PredictsTheSame()
    {
        using var one = new TwoLayers();
        using var other = new TwoLayers();
        var x = randn(5, 3);

        other.load_state_dict(one.state_dict());

        AreNear(one.call(x).data<float>().Select(v => (double)v).ToArray(), other.call(x), 0);
    }

    [TestMethod]
    public void LoadStateDict_NamesThatDiffer_SaysWhich()
    {
        using var model = new TwoLayers();
        var saved = model.state_dict();
        saved.Remove("scale");

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => model.load_state_dict(saved));

        StringAssert.Contains(error.Message, "scale");
    }

    [TestMethod]
    public void To_DoublePrecision_KeepsObjectsAndGradients()
    {
        using var model = new TwoLayers();
        model.call(randn(5, 3)).sum().backward();
        var parameter = model.parameters().First();

        model.to(float64);

        Assert.AreSame(parameter, model.parameters().First());
        Assert.AreEqual(float64, parameter.dtype);
        Assert.AreEqual(float64, parameter.grad!.dtype);
        Assert.AreEqual(float64, model.call(randn(5, 3).to(float64)).dtype);
    }

    [TestMethod]
    public void Dropout_NotTraining_ChangesNothing()
    {
        manual_seed(1);
        using var dropout = nn.Dropout(0.9);
        var x = ones(100);

        dropout.eval();

        Assert.AreEqual(100f, dropout.call(x).sum().item<float>());
        dropout.train();
        Assert.AreNotEqual(100, dropout.call(x).ne(0).sum().item<long>());
    }

    [TestMethod]
    public void Train_TwoHundredSteps_LearnsAndLeavesNoTensor()
    {
        manual_seed(1);
        using var model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1));
        using var optimizer = optim.AdamW(model.parameters(), lr: 0.05);
        var x = randn(64, 2);
        var y = x.select(1, 0).mul(x.select(1, 1)).unsqueeze(1);
        var live = 0L;
        var loss = 0f;
        for (var step = 0; step < 200; step++)
        {
            if (step == 1)
            {
                live = TorchRuntime.LiveTensors;
            }

            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var current = nn.functional.mse_loss(model.call(x), y);
            current.backward();
            nn.utils.clip_grad_norm_(model.parameters(), 5);
            optimizer.step();
            loss = current.item<float>();
        }

        Assert.IsLessThan(0.05f, loss);
        Assert.AreEqual(live, TorchRuntime.LiveTensors);
    }

    private sealed class TwoLayers : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = "start")]
        private readonly Linear first = nn.Linear(3, 4);
        private readonly ModuleList<Linear> rest = nn.ModuleList(nn.Linear(4, 2));
        private readonly Parameter scale = nn.Parameter(ones(2));
        private readonly Tensor offset = zeros(2);

        public TwoLayers()
            : base(nameof(TwoLayers)) => RegisterComponents();

        public override Tensor forward(Tensor input) => (rest[0].call(first.call(input).relu()) * scale) + offset;
    }
}
