using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests;

/// <summary>Optimizers against python3-torch, run by the test.</summary>
/// <remarks>Developed with torch 1.13.1 (Debian's python3-torch).</remarks>
[TestClass]
public sealed class OptimizerTests : TorchTest
{
    private const int Steps = 12;

    // The same loss, from the same start, with the same optimizer; prints the parameters after the steps.
    private const string Script = """
        given = json.load(open(sys.argv[1]))
        kinds = {"SGD": torch.optim.SGD, "Adam": torch.optim.Adam, "AdamW": torch.optim.AdamW,
            "Adagrad": torch.optim.Adagrad}
        found = {}
        for case in given["cases"]:
            w = torch.nn.Parameter(torch.tensor(given["w"]))
            b = torch.nn.Parameter(torch.tensor(given["b"]))
            x, y = torch.tensor(given["x"]), torch.tensor(given["y"])
            options = dict(case["options"])
            if case["groups"]:
                optimizer = kinds[case["kind"]]([{"params": [w]}, {"params": [b], "lr": 0.5 * options["lr"]}],
                    **options)
            else:
                optimizer = kinds[case["kind"]]([w, b], **options)
            for step in range(given["steps"]):
                optimizer.zero_grad(set_to_none=True)
                loss = ((torch.tanh(x @ w) + (b if step % 3 else 0) - y) ** 2).mean()
                loss.backward()
                if case["clip"]:
                    torch.nn.utils.clip_grad_norm_([w, b], 0.05)
                optimizer.step()
            found[case["name"]] = w.detach().flatten().tolist() + b.detach().tolist()
        print(json.dumps(found))
        """;

    private static readonly float[] X = [0.5f, -1f, 0.25f, 2f, 0.1f, -0.7f, 1.5f, 0.3f];
    private static readonly float[] Y = [1f, -0.5f, 0.2f, 0.9f];
    private static readonly float[] W = [0.3f, -0.2f];
    private static readonly float[] B = [0.1f];

    private static readonly Case[] Cases =
    [
        new("SGD", new { lr = 0.1 }, p => optim.SGD(p, 0.1)),
        new("SGD", new { lr = 0.1, momentum = 0.9, weight_decay = 0.01, dampening = 0.2 }, p => optim.SGD(p, 0.1, 0.9,
            0.2, 0.01)),
        new("SGD", new { lr = 0.1, momentum = 0.9, nesterov = true }, p => optim.SGD(p, 0.1, 0.9, nesterov: true)),
        new("SGD", new { lr = 0.1, maximize = true }, p => optim.SGD(p, 0.1, maximize: true)),
        new("Adam", new { lr = 0.05 }, p => optim.Adam(p, 0.05)),
        new("Adam", new { lr = 0.05, weight_decay = 0.1, betas = new[] { 0.8, 0.95 }, eps = 1e-6 }, p => optim.Adam(p,
            0.05, 0.8, 0.95, 1e-6, 0.1)),
        new("Adam", new { lr = 0.05, amsgrad = true }, p => optim.Adam(p, 0.05, amsgrad: true)),
        new("AdamW", new { lr = 0.05, weight_decay = 0.0 }, p => optim.AdamW(p, 0.05)),
        new("AdamW", new { lr = 0.05, weight_decay = 0.1, amsgrad = true, maximize = true },
            p => optim.AdamW(p, 0.05, weight_decay: 0.1, amsgrad: true, maximize: true)),
        new("AdamW", new { lr = 0.05, weight_decay = 0.1 }, p => optim.AdamW(p, 0.05,
            weight_decay: 0.1)) { Clip = true },
        new("AdamW", new { lr = 0.05, weight_decay = 0.1 }, p => optim.AdamW(
            [
                new AdamW.ParamGroup([p[0]], new AdamW.Options()),
                new AdamW.ParamGroup([p[1]], new AdamW.Options { LearningRate = 0.025 }),
            ],
            0.05, weight_decay: 0.1)) { Groups = true },
        new("Adagrad", new { lr = 0.1 }, p => optim.Adagrad(p, 0.1)),
        new("Adagrad", new { lr = 0.1, lr_decay = 0.1, weight_decay = 0.05, initial_accumulator_value = 0.2,
            eps = 1e-6 },
            p => optim.Adagrad(p, 0.1, 0.1, 0.05, 0.2, 1e-6)),
    ];

    [TestMethod]
    public void Step_AllOptimizersAndOptions_EqualPyTorch()
    {
        var expected = Python.Run(Script, new
        {
            cases = Cases.Select((c, i) => new
            {
                name = $"{i}",
                kind = c.Kind,
                options = c.Options,
                groups = c.Groups,
                clip = c.Clip
            }),
            x = X.Chunk(2),
            y = Y.Select(v => new[] { v }),
            w = W.Select(v => new[] { v }),
            b = B,
            steps = Steps,
        });

        for (var i = 0; i < Cases.Length; i++)
        {
            Parameter[] parameters = [nn.Parameter(tensor(W, [2, 1])), nn.Parameter(tensor(B))];
            using var optimizer = Cases[i].Make(parameters);
            Train(parameters, optimizer, 0, Steps, Cases[i].Clip);

            var found = cat([parameters[0].view(-1), parameters[1]]);
            AreNear(expected.GetProperty($"{i}").Deserialize<double[]>()!, found, 1e-5);
        }
    }

    [TestMethod]
    public void LoadStateDict_InTheMiddle_GoesOnAsIfUninterrupted()
    {
        foreach (var found in Cases)
        {
            Parameter[] whole = [nn.Parameter(tensor(W, [2, 1])), nn.Parameter(tensor(B))];
            using var uninterrupted = found.Make(whole);
            Train(whole, uninterrupted, 0, 5, found.Clip);
            Parameter[] copy = [nn.Parameter(whole[0].detach().clone()), nn.Parameter(whole[1].detach().clone())];
            using var resumed = found.Make(copy);

            resumed.load_state_dict(uninterrupted.state_dict());
            Train(whole, uninterrupted, 5, Steps, found.Clip);
            Train(copy, resumed, 5, Steps, found.Clip);

            Assert.AreEqual<Tensor>(whole[0].detach(), copy[0].detach(), found.Kind);
            Assert.AreEqual<Tensor>(whole[1].detach(), copy[1].detach(), found.Kind);
        }
    }

    [TestMethod]
    public void LambdaLR_Steps_ScaleTheInitialRates()
    {
        Parameter[] parameters = [nn.Parameter(ones(1))];
        using var optimizer = optim.SGD(parameters, 0.4);

        var schedule = optim.lr_scheduler.LambdaLR(optimizer, step => 1.0 / (step + 1));

        Assert.AreEqual(0.4, optimizer.ParamGroups.Single().LearningRate);
        schedule.step();
        Assert.AreEqual(0.2, optimizer.ParamGroups.Single().LearningRate);
        schedule.step(3);
        Assert.AreEqual(0.1, schedule.get_last_lr().Single());
    }

    private static void Train(Parameter[] parameters, OptimizerHelper optimizer, int from, int to, bool clip)
    {
        var x = tensor(X, [4, 2]);
        var y = tensor(Y, [4, 1]);
        for (var step = from; step < to; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var output = x.matmul(parameters[0]).tanh();
            if (step % 3 != 0)
            {
                output += parameters[1];
            }

            nn.functional.mse_loss(output, y).backward();
            if (clip)
            {
                nn.utils.clip_grad_norm_(parameters, 0.05);
            }

            optimizer.step();
        }
    }

    private sealed record Case(string Kind, object Options, Func<Parameter[], OptimizerHelper> Make)
    {
        public bool Groups { get; init; }

        public bool Clip { get; init; }
    }
}
