using System.Text.Json;
using Evenhand.Configuration.Randomness;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using AdamW = Evenhand.Torch.Training.AdamW;

namespace Evenhand.Torch.Tests.Training;

/// <summary>Ours against python3-torch, run by the test.</summary>
/// <remarks>Developed with torch 1.13.1 (Debian's python3-torch).</remarks>
[TestClass]
public sealed class AdamWTests : TorchTest
{
    private const int Steps = 12;
    private const double Rate = 0.05;
    private const double WeightDecay = 0.1;

    // The same loss, from the same start; prints the parameters after the steps. The bias has no gradient at times.
    private const string Script = """
        given = json.load(open(sys.argv[1]))
        w = torch.nn.Parameter(torch.tensor(given["w"]).reshape(3, -1))
        b = torch.nn.Parameter(torch.tensor(given["b"]))
        x, y = torch.tensor(given["x"]).reshape(4, -1), torch.tensor(given["y"])
        optimizer = torch.optim.AdamW(
            [{"params": [w]}, {"params": [b], "weight_decay": 0.0}], lr=given["rate"], weight_decay=given["decay"])
        for step in range(given["steps"]):
            optimizer.zero_grad(set_to_none=True)
            loss = ((torch.tanh(x @ w.t()).sum(1) + (b.sum() if step % 3 else 0) - y) ** 2).mean()
            loss.backward()
            if given["clip"]:
                torch.nn.utils.clip_grad_norm_([w, b], 0.05)
            for group in optimizer.param_groups:
                group["lr"] = given["rate"] / (step + 1)
            optimizer.step()
        print(json.dumps(w.detach().flatten().tolist() + b.detach().tolist()))
        """;

    // More than two vectors of 16, and less than three; more than one, and less than two.
    private static readonly float[] W = Numbers(3 * 15, 1);
    private static readonly float[] B = Numbers(21, 2);
    private static readonly float[] X = Numbers(4 * 15, 3);
    private static readonly float[] Y = Numbers(4, 4);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Step_ManySteps_EqualsPyTorch(bool clips)
    {
        var expected = Python.Run(
            Script, new { w = W, b = B, x = X, y = Y, rate = Rate, decay = WeightDecay, steps = Steps, clip = clips });

        AreNear(expected.EnumerateArray().Select(e => e.GetDouble()).ToArray(), Train(clips), 2e-6);
    }

    [TestMethod]
    public void Apply_ByOperators_EqualsTheKernel()
    {
        var step = AdamWStep.Of(Rate, WeightDecay, 3);
        var (a, b) = (Tensors(), Tensors());

        step.Apply(a[0], a[1], a[2], a[3]);
        AdamWKernel.Apply(step, b[0], b[1], b[2], b[3], threads: 1);

        foreach (var i in (int[])[0, 2, 3])
        {
            AreNear([.. b[i].data<float>().Select(value => (double)value)], a[i], 1e-6);
        }

        static Tensor[] Tensors() => [.. Enumerable.Range(0, 4).Select(i => tensor(Numbers(100, i)).abs_())];
    }

    [TestMethod]
    public void Apply_SeveralThreads_SameBits()
    {
        const int Count = 200_001;
        var step = AdamWStep.Of(Rate, WeightDecay, 3);
        var (one, three) = (Tensors(), Tensors());

        AdamWKernel.Apply(step, one[0], one[1], one[2], one[3], threads: 1);
        AdamWKernel.Apply(step, three[0], three[1], three[2], three[3], threads: 3);

        for (var i = 0; i < one.Length; i++)
        {
            CollectionAssert.AreEqual(one[i].data<float>().ToArray(), three[i].data<float>().ToArray());
        }

        static Tensor[] Tensors() => [.. Enumerable.Range(0, 4).Select(i => tensor(Numbers(Count, i)).abs_())];
    }

    private static Tensor Train(bool clips)
    {
        using var w = new Parameter(tensor(W, [3, 15]));
        using var b = new Parameter(tensor(B));
        var (x, y) = (tensor(X, [4, 15]), tensor(Y));
        using var optimizer = new AdamW([b, w], WeightDecay);
        for (var step = 0; step < Steps; step++)
        {
            optimizer.ClearGradients();
            var sums = tanh(x.matmul(w.t())).sum(1);
            var errors = (step % 3 == 0 ? sums : sums.Plus(b.sum())) - y;
            (errors * errors).mean().backward();
            if (clips)
            {
                nn.utils.clip_grad_norm_([w, b], 0.05);
            }

            optimizer.Step(Rate / (step + 1));
        }

        return cat([w.detach().flatten(), b.detach()]);
    }

    private static float[] Numbers(int count, int seed)
    {
        var random = new SeedTree(seed).CreateRandom();
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
    }
}
