using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What layers compute, as functions.</summary>
        public static partial class functional
        {
            /// <summary>y = x W' + b.</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                Operators.Linear.Call(input, weights, bias);

            /// <summary>Shifts and scales the last dimensions to mean 0 and variance 1, then by weight and
            /// bias.</summary>
            public static Tensor layer_norm(
                Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Operators.LayerNorm.Call(input, normalized_shape, weight, bias, eps);

            /// <summary>Sets elements to 0 with probability p while training, and divides the others by 1 -
            /// p.</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace
                    ? Operators.DropoutInPlace.CallInPlace(input, p, training)
                    : Operators.Dropout.Call(input, p, training);

            /// <summary>Gaussian error linear unit, exact.</summary>
            public static Tensor gelu(Tensor x) => x.gelu();

            /// <summary>The greater of each element and 0.</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();

            /// <summary>Hyperbolic tangent.</summary>
            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_() : x.tanh();

            /// <summary>x times the logistic function of x.</summary>
            public static Tensor silu(Tensor x, bool inplace = false) =>
                inplace ? Operators.SiluInPlace.CallInPlace(x) : x.silu();

            /// <summary>x where it is positive, else x times the slope.</summary>
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace
                    ? Operators.LeakyReluInPlace.CallInPlace(input, (Scalar)negative_slope)
                    : input.leaky_relu(negative_slope);

            /// <summary>The first half of a dimension times the logistic function of the second.</summary>
            public static Tensor glu(Tensor input, long dim = -1) => Operators.Glu.Call(input, dim);

            /// <summary>log(1 + e^(beta x)) / beta; x itself where beta x is above the threshold.</summary>
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) =>
                x.softplus(beta, threshold);

            /// <summary>Logarithm of the logistic function.</summary>
            public static Tensor logsigmoid(Tensor x) => x.log_sigmoid();

            /// <summary>Exponentials along a dimension, divided by their sum.</summary>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            /// <summary>Logarithm of the softmax along a dimension.</summary>
            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            /// <summary>1 at the index that each element is, 0 elsewhere, in a new last dimension.</summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => Operators.OneHot.Call(x, num_classes);

            /// <summary>Filters along the last dimension.</summary>
            public static Tensor conv1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null,
                long? dilation = null, long groups = 1) =>
                Operators.Conv1d.Call(
                    input, weight, bias, new[] { stride ?? 1 }, new[] { padding ?? 0 }, new[] { dilation ?? 1 },
                        groups);

            /// <summary>Divides each vector along a dimension by its p-norm, or by eps where that is greater.</summary>
            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12)
            {
                using var scope = NewDisposeScope();
                var norm = Operators.NormOfDimension.Call(input, (Scalar)p, new[] { dim }, true);
                return (input / norm.clamp_min(eps)).MoveToOuterDisposeScope();
            }

            /// <summary>Cosine of the angle between each two vectors along a dimension.</summary>
            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-8) =>
                Operators.CosineSimilarity.Call(x1, x2, dim, eps);

            /// <summary>Adds a number of elements before and after the last dimensions.</summary>
            /// <param name="input">What is padded.</param>
            /// <param name="pad">Before and after the last dimension, then the one before it, and so on.</param>
            /// <param name="mode">Only constant padding is served.</param>
            /// <param name="value">The number that is added.</param>
            /// <exception cref="NotSupportedException">Another mode is asked for.</exception>
            public static Tensor pad(
                Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                mode == PaddingModes.Constant
                    ? Operators.ConstantPad.Call(input, pad, (Scalar)value)
                    : throw new NotSupportedException("Padding is by a constant only.");

            /// <summary>softmax(Q K' / sqrt(d) + mask) V. Vaswani et al. 2017, eq. 1.</summary>
            /// <param name="query">Queries: any leading dimensions, then positions by d.</param>
            /// <param name="key">Keys, in the shape of the queries but for the number of positions.</param>
            /// <param name="value">Values, one for each key.</param>
            /// <param name="attn_mask">Added to the scores; where it holds truth values, false hides a key.</param>
            /// <param name="p">Probability with which a weight is set to 0.</param>
            /// <param name="is_casual">Whether a position sees only those before it and itself.</param>
            /// <remarks>libtorch 1.13 has no public kernel for it; the composition is the same formula.</remarks>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0,
                    bool is_casual = false)
            {
                ArgumentNullException.ThrowIfNull(query);
                ArgumentNullException.ThrowIfNull(key);
                if (attn_mask is not null && is_casual)
                {
                    throw new ArgumentException("A causal attention takes no further mask.", nameof(attn_mask));
                }

                using var scope = NewDisposeScope();

                // Scaling the queries costs less than scaling the scores, of which there are more.
                var scores = (query * (1 / Math.Sqrt(query.size(-1)))).matmul(key.transpose(-2, -1));
                if (is_casual)
                {
                    attn_mask = ones([query.size(-2), key.size(-2)], ScalarType.Bool, query.device).tril();
                }

                if (attn_mask is not null)
                {
                    scores = attn_mask.dtype == ScalarType.Bool
                        ? scores.masked_fill(attn_mask.logical_not(), double.NegativeInfinity)
                        : scores + attn_mask;
                }

                var weights = scores.softmax(-1);
                return (p > 0 ? dropout(weights, p) : weights).matmul(value).MoveToOuterDisposeScope();
            }
        }
    }
}

/// <summary>How tensors are padded.</summary>
public enum PaddingModes
{
    /// <summary>By zeros.</summary>
    Zeros = 0,

    /// <summary>By the elements mirrored at the edge.</summary>
    Reflect = 1,

    /// <summary>By the element at the edge.</summary>
    Replicate = 2,

    /// <summary>By the elements of the other end.</summary>
    Circular = 3,

    /// <summary>By a number.</summary>
    Constant = 4,
}
