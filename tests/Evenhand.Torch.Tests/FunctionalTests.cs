using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Evenhand.Torch.Tests;

/// <summary>What layers compute, against python3-torch, run by the test.</summary>
/// <remarks>Developed with torch 1.13.1 (Debian's python3-torch).</remarks>
[TestClass]
public sealed class FunctionalTests : TorchTest
{
    // Each line's expression is evaluated; names stand for the arrays that the test sends.
    private const string Script = """
        import math, torch.nn.functional as F
        given = json.load(open(sys.argv[1]))
        names = {name: torch.tensor(values) for name, values in given["arrays"].items()}
        found = []
        for expression in given["expressions"]:
            found.append(eval(expression, {"torch": torch, "F": F, "math": math, **names}).double().flatten().tolist())
        print(json.dumps(found))
        """;

    [TestMethod]
    public void Functions_AllOptions_EqualPyTorch()
    {
        manual_seed(3);
        var arrays = new Dictionary<string, Tensor>
        {
            ["x"] = randn(4, 6),
            ["w"] = randn(5, 6),
            ["b"] = randn(5),
            ["g"] = rand(6),
            ["h"] = randn(6),
            ["z"] = randn(4, 6),
            ["q"] = randn(2, 3, 4),
            ["k"] = randn(2, 3, 4),
            ["v"] = randn(2, 3, 4),
            ["s"] = randn(2, 3, 7),
            ["f"] = randn(4, 3, 3),
            ["c"] = tensor(new long[] { 1, 5, 0, 3 }),
            ["t"] = rand(4, 6),
            ["cw"] = rand(6),
        };
        var (x, w, b, z, c, t, cw) = (arrays["x"], arrays["w"], arrays["b"], arrays["z"], arrays["c"], arrays["t"],
            arrays["cw"]);
        var (q, k, v) = (arrays["q"], arrays["k"], arrays["v"]);
        using var table = nn.Embedding_from_pretrained(x[tensor(new long[] { 0, 1, 2, 3, 0, 1 })]);
        (string Expression, Tensor Found)[] cases =
        [
            ("F.linear(x, w, b)", F.linear(x, w, b)),
            ("F.layer_norm(x, (6,), g, h, 1e-6)", F.layer_norm(x, [6], arrays["g"], arrays["h"], 1e-6)),
            ("F.embedding(c, x[[0, 1, 2, 3, 0, 1]])", table.call(c)),
            ("F.gelu(x)", F.gelu(x)), ("F.relu(x)", F.relu(x)), ("F.silu(x)", F.silu(x)), ("torch.tanh(x)", F.tanh(x)),
            ("F.leaky_relu(x, 0.2)", F.leaky_relu(x, 0.2)), ("F.glu(x)", F.glu(x)),
            ("F.softplus(x, 2, 1)", F.softplus(x, 2, 1)),
            ("F.logsigmoid(x)", F.logsigmoid(x)), ("F.softmax(x, 1)", F.softmax(x, 1)),
            ("F.log_softmax(x, 0)", F.log_softmax(x, 0)),
            ("F.one_hot(c, 7)", F.one_hot(c, 7)),
            ("F.conv1d(s, f, stride=2, padding=1)", F.conv1d(arrays["s"], arrays["f"], null, 2, 1)),
            ("F.normalize(x, 3)", F.normalize(x, 3)), ("F.cosine_similarity(x, z)", F.cosine_similarity(x, z)),
            ("F.pad(x, (1, 2, 0, 1), value=4)", F.pad(x, [1, 2, 0, 1], value: 4)),
            ("F.cross_entropy(x, c)", F.cross_entropy(x, c)),
            ("F.cross_entropy(x, c, cw, ignore_index=0, reduction='sum', label_smoothing=0.1)",
                F.cross_entropy(x, c, cw, 0, nn.Reduction.Sum, 0.1)),
            ("F.cross_entropy(x, torch.softmax(t, 1), reduction='none')",
                F.cross_entropy(x, t.softmax(1), reduction: nn.Reduction.None)),
            ("F.nll_loss(F.log_softmax(x, 1), c, cw)", F.nll_loss(F.log_softmax(x, 1), c, cw)),
            ("F.binary_cross_entropy_with_logits(x, t, t, pos_weight=cw)",
                F.binary_cross_entropy_with_logits(x, t, t, pos_weights: cw)),
            ("F.binary_cross_entropy(torch.sigmoid(x), t)", F.binary_cross_entropy(x.sigmoid(), t)),
            ("F.mse_loss(x, z)", F.mse_loss(x, z)),
            ("F.l1_loss(x, z, reduction='sum')", F.l1_loss(x, z, nn.Reduction.Sum)),
            ("F.smooth_l1_loss(x, z, beta=0.5)", F.smooth_l1_loss(x, z, beta: 0.5)),
            ("F.huber_loss(x, z, delta=0.5)", F.huber_loss(x, z, 0.5)),
            ("F.kl_div(F.log_softmax(x, 1), torch.softmax(z, 1), reduction='sum')",
                F.kl_div(F.log_softmax(x, 1), z.softmax(1), log_target: false, nn.Reduction.Sum)),
            ("F.margin_ranking_loss(x, z, torch.sign(t), 0.3)", F.margin_ranking_loss(x, z, t.sign(), 0.3)),
            ("torch.softmax(q @ k.transpose(1, 2) / math.sqrt(4), -1) @ v", F.scaled_dot_product_attention(q, k, v)),
            ("torch.softmax((q @ k.transpose(1, 2) / 2).masked_fill(torch.ones(3, 3).triu(1) > 0, -math.inf), -1) @ v",
                F.scaled_dot_product_attention(q, k, v, is_casual: true)),
            ("torch.einsum('bij,bkj->bik', q, k)", einsum("bij,bkj->bik", q, k)),
            ("x.var(1, unbiased=False)", x.var(1, unbiased: false)), ("x.std()", x.std()),
            ("torch.logsumexp(x, 1)", x.logsumexp(1)),
            ("torch.linalg.vector_norm(x, 3, 1)", x.norm(1, p: 3)), ("x.topk(2).values", x.topk(2).values),
            ("torch.arange(1, 9, 3)", arange(1, 9, 3)), ("torch.linspace(0, 1, 5)", linspace(0, 1, 5)),
            ("torch.eye(3, 2)", eye(3, 2)),
            ("x.cumsum(1)", x.cumsum(1)), ("torch.bincount(c, minlength=8)", c.bincount(null, 8)),
        ];

        var expected = Python.Run(Script, new
        {
            arrays = arrays.ToDictionary(a => a.Key, a => Nested(a.Value)),
            expressions = cases.Select(e => e.Expression),
        });

        for (var i = 0; i < cases.Length; i++)
        {
            AreNear(expected[i].Deserialize<double[]>()!, cases[i].Found, 1e-5);
        }
    }

    private static object Nested(Tensor tensor) => tensor.dim() > 0
        ? tensor.unbind().Select(Nested).ToArray()
        : tensor.dtype == int64 ? tensor.item<long>() : tensor.item<float>();
}
