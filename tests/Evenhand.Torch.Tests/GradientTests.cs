using System.Reflection;
using TorchSharp;
using TorchSharp.Interop;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Evenhand.Torch.Tests;

/// <summary>The gradient of every operator of the subset, against central differences in double precision.</summary>
[TestClass]
public sealed class GradientTests : TorchTest
{
    private const double Step = 1e-5;
    private const double Tolerance = 1e-7;

    // Operators whose results have no gradient: whole numbers, truth values, random numbers, new tensors; and those
    // that
    // write into tensors of the optimizers.
    private static readonly string[] WithoutGradient =
    [
        "Eq", "EqScalar", "Ne", "NeScalar", "Lt", "LtScalar", "Le", "LeScalar", "Gt", "GtScalar", "Ge", "GeScalar",
        "Isnan", "Isinf", "Isfinite", "LogicalAnd", "LogicalOr", "LogicalXor", "LogicalNot", "BitwiseAnd", "BitwiseOr",
        "BitwiseXor", "BitwiseNot", "All", "AllOfDimension", "Any", "AnyOfDimension", "Equal", "AllClose",
        "Argmax", "Argmin", "Argsort", "Bincount", "Nonzero", "OneHot", "FloorDivideScalar",
        "Sign", "Floor", "Ceil", "Round", "FillInPlace", "ZeroInPlace",
        "Bernoulli", "BernoulliInPlace", "NormalInPlace", "UniformInPlace", "ExponentialInPlace", "Multinomial",
        "Rand", "Randn", "Randint", "Randperm", "RandLike", "RandnLike",
        "Empty", "Zeros", "Ones", "Full", "ZerosLike", "OnesLike", "EmptyLike", "FullLike", "Arange", "Linspace", "Eye",
        "ForeachAdd", "ForeachAddInPlace", "ForeachAddScalarInPlace", "ForeachMulScalarInPlace",
            "ForeachAddcmulInPlace",
        "ForeachAddcdivInPlace", "ForeachSqrt", "ForeachDivScalarInPlace", "ForeachNorm", "ForeachNeg",
    ];

    private static readonly Case[] Cases =
    [
        // One number for each number.
        new("Abs", x => x[0].abs(), "2x3"), new("Exp", x => x[0].exp(), "2x3"), new("Expm1", x => x[0].expm1(), "2x3"),
        new("Log", x => x[0].log(), "+2x3"), new("Log1p", x => x[0].log1p(), "+2x3"),
        new("Log2", x => x[0].log2(), "+2x3"),
        new("Sqrt", x => x[0].sqrt(), "+2x3"), new("Rsqrt", x => x[0].rsqrt(), "+2x3"),
        new("Reciprocal", x => x[0].reciprocal(), "+2x3"), new("Square", x => x[0].square(), "2x3"),
        new("Neg", x => x[0].neg(), "2x3"), new("Tanh", x => x[0].tanh(), "2x3"), new("Sin", x => x[0].sin(), "2x3"),
        new("Cos", x => x[0].cos(), "2x3"), new("Sigmoid", x => x[0].sigmoid(), "2x3"),
        new("Relu", x => x[0].relu(), "2x3"),
        new("Erf", x => x[0].erf(), "2x3"), new("Gelu", x => x[0].gelu(), "2x3"), new("Silu", x => x[0].silu(), "2x3"),
        new("LeakyRelu", x => x[0].leaky_relu(0.1), "2x3"), new("Softplus", x => x[0].softplus(2), "2x3"),
        new("LogSigmoid", x => x[0].log_sigmoid(), "2x3"),
        new("AbsInPlace", x => x[0].clone().abs_(), "2x3"), new("ExpInPlace", x => x[0].clone().exp_(), "2x3"),
        new("LogInPlace", x => x[0].clone().log_(), "+2x3"), new("SqrtInPlace", x => x[0].clone().sqrt_(), "+2x3"),
        new("RsqrtInPlace", x => x[0].clone().rsqrt_(), "+2x3"), new("NegInPlace", x => x[0].clone().neg_(), "2x3"),
        new("TanhInPlace", x => x[0].clone().tanh_(), "2x3"),
        new("SigmoidInPlace", x => x[0].clone().sigmoid_(), "2x3"),
        new("ReluInPlace", x => x[0].clone().relu_(), "2x3"),
        new("ReciprocalInPlace", x => x[0].clone().reciprocal_(), "+2x3"),
        new("SiluInPlace", x => F.silu(x[0].clone(), inplace: true), "2x3"),
        new("LeakyReluInPlace", x => F.leaky_relu(x[0].clone(), 0.1, inplace: true), "2x3"),
        new("Add", x => x[0].add(x[1], 0.5), "2x3", "3"), new("AddScalar", x => x[0].add(2), "3"),
        new("Sub", x => x[0] - x[1], "2x3", "3"), new("SubScalar", x => 2 - (x[0] - 1), "3"),
        new("Mul", x => x[0] * x[1], "2x3", "3"), new("MulScalar", x => 3 * x[0], "3"),
        new("Div", x => x[0] / x[1], "2x3", "+3"), new("DivScalar", x => x[0] / 3, "3"),
        new("Remainder", x => x[0] % x[1], "2x3", "+3"), new("RemainderScalar", x => x[0] % 7, "3"),
        new("Pow", x => x[0].pow(x[1]), "+2x3", "3"), new("PowScalar", x => x[0].pow(3), "3"),
        new("AddInPlace", x => x[0].clone().add_(x[1], 2), "2x3", "3"),
        new("AddScalarInPlace", x => x[0].clone().add_(2), "3"),
        new("SubInPlace", x => x[0].clone().sub_(x[1]), "2x3", "3"),
        new("SubScalarInPlace", x => x[0].clone().sub_(2), "3"),
        new("MulInPlace", x => x[0].clone().mul_(x[1]), "2x3", "3"),
        new("MulScalarInPlace", x => x[0].clone().mul_(2), "3"),
        new("DivInPlace", x => x[0].clone().div_(x[1]), "2x3", "+3"),
        new("DivScalarInPlace", x => x[0].clone().div_(2), "3"),
        new("Addcmul", x => x[0].addcmul(x[1], x[2], 2), "3", "3", "3"),
        new("AddcmulInPlace", x => x[0].clone().addcmul_(x[1], x[2], 2), "3", "3", "3"),
        new("Addcdiv", x => x[0].addcdiv(x[1], x[2], 2), "3", "3", "+3"),
        new("AddcdivInPlace", x => x[0].clone().addcdiv_(x[1], x[2], 2), "3", "3", "+3"),
        new("Lerp", x => x[0].lerp(x[1], x[2]), "3", "3", "3"), new("Clamp", x => x[0].clamp(-0.3, 0.4), "2x3"),
        new("ClampInPlace", x => x[0].clone().clamp_(-0.3, 0.4), "2x3"),
        new("ClampMin", x => x[0].clamp_min(0.1), "2x3"),
        new("ClampMax", x => x[0].clamp_max(0.1), "2x3"), new("Maximum", x => x[0].maximum(x[1]), "3", "3"),
        new("Minimum", x => x[0].minimum(x[1]), "3", "3"), new("MaskedFill", x => x[0].masked_fill(Mask(), 5), "2x3"),
        new("MaskedFillInPlace", x => x[0].clone().masked_fill_(Mask(), 5), "2x3"),
        new("Where", x => where(Mask(), x[0], x[1]), "2x3", "2x3"),
        new("CopyInPlace", x => zeros(3, float64).copy_(x[0]), "3"),
        new("NanToNum", x => x[0].nan_to_num(), "3"),

        // Fewer numbers out of many.
        new("Sum", x => x[0].sum(), "2x3"), new("SumOfDimensions", x => x[0].sum(-1, keepdim: true), "2x3"),
        new("Mean", x => x[0].mean(), "2x3"), new("MeanOfDimensions", x => x[0].mean([0]), "2x3"),
        new("Var", x => x[0].var(), "2x3"), new("VarOfDimensions", x => x[0].var(1, unbiased: false), "2x3"),
        new("Std", x => x[0].std(), "2x3"), new("StdOfDimensions", x => x[0].std([0], keepdim: true), "3x2"),
        new("Prod", x => x[0].prod(), "3"), new("Max", x => x[0].max(), "2x3"), new("Min", x => x[0].min(), "2x3"),
        new("MaxOfDimension", x => x[0].max(1).values, "2x3"), new("MinOfDimension", x => x[0].min(0).values, "2x3"),
        new("Amax", x => x[0].amax(1), "2x3"), new("Amin", x => x[0].amin(0, 1), "2x3"),
        new("Logsumexp", x => x[0].logsumexp(1), "2x3"), new("Norm", x => x[0].norm(), "2x3"),
        new("NormOfDimension", x => x[0].norm(1), "2x3"), new("Softmax", x => x[0].softmax(-1), "2x3"),
        new("LogSoftmax", x => x[0].log_softmax(-1), "2x3"), new("Cumsum", x => x[0].cumsum(1), "2x3"),
        new("Sort", x => x[0].sort(1, descending: true).Values, "2x3"), new("Topk", x => x[0].topk(2).values, "2x3"),

        // Shapes and parts.
        new("View", x => x[0].view(3, -1), "2x3"), new("Reshape", x => x[0].t().reshape(-1), "2x3"),
        new("Flatten", x => x[0].flatten(1), "2x2x2"), new("Unflatten", x => x[0].unflatten(1, 2, 2), "2x4"),
        new("Transpose", x => x[0].transpose(0, 1), "2x3"), new("T", x => x[0].t(), "2x3"),
        new("Permute", x => x[0].permute(2, 0, 1), "2x2x3"), new("Unsqueeze", x => x[0].unsqueeze(1), "3"),
        new("SqueezeOfDimension", x => x[0].squeeze(0), "1x3"), new("Squeeze", x => x[0].squeeze(), "1x3x1"),
        new("Expand", x => x[0].expand(4, -1), "1x3"), new("BroadcastTo", x => x[0].broadcast_to(4, 3), "1x3"),
        new("Repeat", x => x[0].repeat(2, 2), "2"), new("RepeatInterleave", x => x[0].repeat_interleave(2, 0), "2x2"),
        new("Contiguous", x => x[0].t().contiguous(), "2x3"), new("Clone", x => x[0].clone(), "3"),
        new("Flip", x => x[0].flip(1), "2x3"), new("Roll", x => x[0].roll(1, 1), "2x3"),
        new("Tril", x => x[0].tril(), "3x3"),
        new("Triu", x => x[0].triu(1), "3x3"), new("Diagonal", x => x[0].diagonal(), "3x3"),
        new("Narrow", x => x[0].narrow(1, 1, 2), "2x3"), new("Select", x => x[0].select(1, 2), "2x3"),
        new("Slice", x => x[0].slice(1, 0, 3, 2), "2x3"), new("Split", x => x[0].split(2, 1)[1], "2x3"),
        new("SplitSizes", x => x[0].split([1, 2], 1)[1], "2x3"), new("Chunk", x => x[0].chunk(2, 1)[0], "2x3"),
        new("Unbind", x => x[0].unbind(1)[2], "2x3"),
        new("IndexSelect", x => x[0].index_select(1, Numbers(2, 0, 2)), "2x3"),
        new("Index", x => x[0][Numbers(1, 1), Numbers(0, 2)], "2x3"),
        new("IndexPutInPlace", x => x[0].clone().index_put_(x[1], Numbers(0, 2)), "3", "2"),
        new("IndexAdd", x => x[0].index_add(0, Numbers(1, 1), x[1], 2), "3", "2"),
        new("IndexAddInPlace", x => x[0].clone().index_add_(0, Numbers(1, 1), x[1], 2), "3", "2"),
        new("IndexCopyInPlace", x => x[0].clone().index_copy_(0, Numbers(2, 0), x[1]), "3", "2"),
        new("Gather", x => x[0].gather(0, Numbers(2, 2, 0)), "3"),
        new("Scatter", x => x[0].scatter(0, Numbers(2, 0), x[1]), "3", "2"),
        new("ScatterInPlace", x => x[0].clone().scatter_(0, Numbers(2, 0), x[1]), "3", "2"),
        new("ScatterAdd", x => x[0].scatter_add(0, Numbers(2, 2), x[1]), "3", "2"),
        new("ScatterAddInPlace", x => x[0].clone().scatter_add_(0, Numbers(2, 2), x[1]), "3", "2"),
        new("MaskedSelect", x => x[0].masked_select(Mask()), "2x3"), new("Alias", x => nn.Sequential().call(x[0]), "3"),
        new("Cat", x => cat([x[0], x[1]], 1), "2x3", "2x1"), new("Stack", x => stack([x[0], x[1]]), "3", "3"),
        new("ToDevice", x => x[0].to(float64, CPU, copy: true), "3"),

        // Products.
        new("Matmul", x => x[0].matmul(x[1]), "2x2x3", "3x2"), new("Mm", x => x[0].mm(x[1]), "2x3", "3x2"),
        new("Bmm", x => x[0].bmm(x[1]), "2x2x3", "2x3x2"), new("Mv", x => x[0].mv(x[1]), "2x3", "3"),
        new("Dot", x => x[0].dot(x[1]), "3", "3"),
        new("Baddbmm", x => x[0].baddbmm(x[1], x[2], 0.5f, 2), "2x2x2", "2x2x3", "2x3x2"),
        new("Addmm", x => x[0].addmm(x[1], x[2]), "2x2", "2x3", "3x2"),
        new("Einsum", x => einsum("bij,bkj->bik", x[0], x[1]), "2x2x3", "2x2x3"),

        // Layers and losses.
        new("Linear", x => F.linear(x[0], x[1], x[2]), "2x3", "4x3", "4"),
        new("Embedding", x => Operators.Embedding.Call(x[0], Numbers(2, 0, 2), -1L), "3x2"),
        new("LayerNorm", x => F.layer_norm(x[0], [4], x[1], x[2]), "2x4", "4", "4"),
        new("Dropout", x => F.dropout(x[0], 0.4), "2x3"),
        new("DropoutInPlace", x => F.dropout(x[0].clone(), 0.4, inplace: true), "2x3"),
        new("Glu", x => F.glu(x[0]), "2x4"),
        new("Conv1d", x => F.conv1d(x[0], x[1], x[2], 2, 1), "2x2x5", "3x2x3", "3"),
        new("ConstantPad", x => F.pad(x[0], [1, 2], value: 3), "2x3"),
        new("CosineSimilarity", x => F.cosine_similarity(x[0], x[1]), "2x3", "2x3"),
        new("CrossEntropyLoss", x => F.cross_entropy(x[0], Numbers(2, 0), x[1].detach().abs(), label_smoothing: 0.1),
            "2x3", "3"),
        new("NllLoss", x => F.nll_loss(x[0].log_softmax(1), Numbers(2, 0)), "2x3"),
        new("BinaryCrossEntropy", x => F.binary_cross_entropy(x[0].sigmoid(), tensor(new[] { 1.0, 0, 1 })), "3"),
        new("BinaryCrossEntropyWithLogits", x => F.binary_cross_entropy_with_logits(x[0], tensor(new[] { 1.0, 0,
            0.3 })), "3"),
        new("MseLoss", x => F.mse_loss(x[0], x[1]), "3", "3"), new("L1Loss", x => F.l1_loss(x[0], x[1]), "3", "3"),
        new("SmoothL1Loss", x => F.smooth_l1_loss(x[0], x[1], beta: 0.5), "3", "3"),
        new("HuberLoss", x => F.huber_loss(x[0], x[1], 0.5), "3", "3"),
        new("KlDiv", x => F.kl_div(x[0].log_softmax(1), x[1].log_softmax(1)), "2x3", "2x3"),
        new("MarginRankingLoss", x => F.margin_ranking_loss(x[0], x[1], tensor(new[] { 1.0, -1, 1 }), 0.1), "3", "3"),

        // What the subset composes itself, and its layers.
        new("", x => F.normalize(x[0]), "2x3") { Name = "normalize" },
        new("", x => F.scaled_dot_product_attention(x[0], x[1], x[2], is_casual: true), "2x3x4", "2x3x4", "2x3x2")
            { Name = "attention, causal" },
        new("", x => F.scaled_dot_product_attention(x[0], x[1], x[2], Mask().t()[..2]), "2x2", "2x2", "2x2")
            { Name = "attention, masked" },
        new("", x => Layer(nn.Linear(3, 2), x[0]), "2x3") { Name = "layer Linear" },
        new("", x => Layer(nn.LayerNorm(4), x[0]), "2x4") { Name = "layer LayerNorm" },
        new("", x => Layer(nn.Conv1d(2, 3, 3, padding: 1), x[0]), "2x2x5") { Name = "layer Conv1d" },
        new("", x => Layer(nn.Sequential(nn.GELU(), nn.Tanh(), nn.Sigmoid(), nn.SiLU(), nn.ReLU()), x[0]), "2x3")
            { Name = "layers of activations" },
        new("", x => Layer(nn.Sequential(nn.Softmax(1), nn.LogSoftmax(1), nn.Dropout(0.3)), x[0]), "2x3")
            { Name = "layers Softmax, LogSoftmax, Dropout" },
    ];

    private static IEnumerable<object[]> CaseNames => Cases.Select(c => new object[] { c.Name });

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void Backward_OfEachOperator_IsTheLimitOfDifferences(string name)
    {
        var found = Cases.Single(c => c.Name == name);
        manual_seed(5);
        var inputs = Array.ConvertAll(found.Shapes, Input);
        var weights = randn_like(Run(found, inputs));

        (Run(found, inputs) * weights).sum().backward();

        for (var input = 0; input < inputs.Length; input++)
        {
            if (inputs[input].grad is not { } gradient)
            {
                continue;
            }

            var analytic = gradient.data<double>().ToArray();
            using var mode = no_grad();
            for (var i = 0; i < analytic.Length; i++)
            {
                var flat = inputs[input].view(-1)[i];
                flat.add_(Step);
                var above = (Run(found, inputs) * weights).sum().item<double>();
                flat.sub_(2 * Step);
                var below = (Run(found, inputs) * weights).sum().item<double>();
                flat.add_(Step);
                Assert.AreEqual((above - below) / (2 * Step), analytic[i], Tolerance * Math.Max(1,
                    Math.Abs(analytic[i])));
            }
        }

        Assert.IsTrue(inputs.Any(i => i.grad is not null));
    }

    [TestMethod]
    public void Cases_AllOperators_AreCoveredOrHaveNoGradient()
    {
        var all = typeof(Operators).GetFields(BindingFlags.Static | BindingFlags.Public).Select(f => f.Name).ToArray();
        var covered = Cases.Select(c => c.Operator).Where(o => o.Length > 0).Concat(WithoutGradient).ToArray();

        CollectionAssert.AreEquivalent(all, covered);
    }

    // Randomness in an operator is the same at each call.
    private static Tensor Run(Case found, Tensor[] inputs)
    {
        manual_seed(9);
        return found.Compute(inputs);
    }

    private static Tensor Layer(nn.Module<Tensor, Tensor> layer, Tensor input)
    {
        using (layer)
        {
            layer.to(float64);
            return layer.call(input);
        }
    }

    // Such as "2x3"; a plus asks for numbers away from 0, above it.
    private static Tensor Input(string shape)
    {
        var positive = shape.StartsWith('+');
        var sizes = Array.ConvertAll(shape.TrimStart('+').Split('x'), long.Parse);
        var numbers = positive ? rand(sizes, float64) + 0.5 : randn(sizes, float64);
        return numbers.detach().requires_grad_();
    }

    private static Tensor Mask() => tensor(new[] { true, false, false, true, true, false }, [2, 3]);

    private static Tensor Numbers(params long[] numbers) => tensor(numbers);

    private sealed record Case(string Operator, Func<Tensor[], Tensor> Compute, params string[] Shapes)
    {
        public string Name { get; init; } = Operator;
    }
}
