using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>y = x W' + b.</summary>
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        internal Linear(Parameter weight, Parameter? bias)
            : base(nameof(Linear))
        {
            this.weight = weight;
            this.bias = bias;
            out_features = weight.shape[0];
            in_features = weight.shape[1];
            register_parameter(nameof(weight), weight);
            if (bias is not null)
            {
                register_parameter(nameof(bias), bias);
            }
        }

        /// <summary>Weights: outputs by inputs.</summary>
        public Parameter weight { get; }

        /// <summary>What is added to each output; null where nothing is.</summary>
        public Parameter? bias { get; }

        /// <summary>Number of inputs.</summary>
        public long in_features { get; }

        /// <summary>Number of outputs.</summary>
        public long out_features { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => nn.functional.linear(input, weight, bias);
    }

    /// <summary>A row of numbers for each index.</summary>
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        private readonly long? padding;

        internal Embedding(Parameter weight, long? padding)
            : base(nameof(Embedding))
        {
            this.weight = weight;
            this.padding = padding;
            register_parameter(nameof(weight), weight);
        }

        /// <summary>The rows.</summary>
        public Parameter weight { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) =>
            Interop.Operators.Embedding.Call(weight, input, padding ?? -1);
    }

    /// <summary>Shifts and scales the last dimensions to mean 0 and variance 1. Ba, Kiros, Hinton 2016, eq.
    /// 4.</summary>
    public sealed class LayerNorm : nn.Module<Tensor, Tensor>
    {
        internal LayerNorm(long[] normalized_shape, double eps, Parameter? weight, Parameter? bias)
            : base(nameof(LayerNorm))
        {
            this.normalized_shape = normalized_shape;
            this.eps = eps;
            this.weight = weight!;
            this.bias = bias;
            if (weight is not null)
            {
                register_parameter(nameof(weight), weight);
            }

            if (bias is not null)
            {
                register_parameter(nameof(bias), bias);
            }
        }

        /// <summary>What the result is multiplied by; null where the layer has no parameters.</summary>
        public Parameter weight { get; }

        /// <summary>What is added to the result; null where nothing is.</summary>
        public Parameter? bias { get; }

        /// <summary>Lengths of the last dimensions.</summary>
        public long[] normalized_shape { get; }

        /// <summary>Added to the variance.</summary>
        public double eps { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) =>
            nn.functional.layer_norm(input, normalized_shape, weight, bias, eps);
    }

    /// <summary>Sets elements to 0 by chance while training, and scales up the others.</summary>
    public sealed class Dropout : nn.Module<Tensor, Tensor>
    {
        internal Dropout(double p, bool inplace)
            : base(nameof(Dropout))
        {
            this.p = p;
            this.inplace = inplace;
        }

        /// <summary>Probability with which an element is set to 0.</summary>
        public double p { get; set; }

        /// <summary>Whether the argument itself is changed.</summary>
        public bool inplace { get; set; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => nn.functional.dropout(input, p, training, inplace);
    }

    /// <summary>Filters along the last dimension.</summary>
    public sealed class Conv1d : nn.Module<Tensor, Tensor>
    {
        private readonly long stride;
        private readonly long padding;
        private readonly long dilation;
        private readonly long groups;

        internal Conv1d(Parameter weight, Parameter? bias, long stride, long padding, long dilation, long groups)
            : base(nameof(Conv1d))
        {
            this.weight = weight;
            this.bias = bias;
            this.stride = stride;
            this.padding = padding;
            this.dilation = dilation;
            this.groups = groups;
            register_parameter(nameof(weight), weight);
            if (bias is not null)
            {
                register_parameter(nameof(bias), bias);
            }
        }

        /// <summary>The filters: outputs by inputs by width.</summary>
        public Parameter weight { get; }

        /// <summary>What is added to each output; null where nothing is.</summary>
        public Parameter? bias { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) =>
            nn.functional.conv1d(input, weight, bias, stride, padding, dilation, groups);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A linear layer; weights and bias are drawn evenly from +-1 / sqrt(inputs), as PyTorch draws
            /// them.</summary>
            public static Linear Linear(
                long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null)
            {
                var bound = 1 / Math.Sqrt(inputSize);
                return new Linear(
                    Uniform([outputSize, inputSize], bound, dtype, device),
                    hasBias ? Uniform([outputSize], bound, dtype, device) : null);
            }

            /// <summary>A table of rows drawn from the standard normal distribution; the one for padding is 0 and
            /// stays so.</summary>
            /// <exception cref="NotSupportedException">Rows of bounded norm or sparse gradients are asked
            /// for.</exception>
            public static Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null,
                double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null,
                ScalarType? dtype = null)
            {
                if (max_norm is not null || scale_grad_by_freq || sparse)
                {
                    throw new NotSupportedException("Neither bounded norms nor sparse or scaled gradients are served.");
                }

                using var mode = no_grad();
                var padding = padding_idx < 0 ? num_embeddings + padding_idx : padding_idx;
                var weight = randn([num_embeddings, embedding_dims], dtype, device);
                if (padding is { } row)
                {
                    using var zeroed = weight.select(0, row);
                    zeroed.zero_();
                }

                return new Embedding(new Parameter(weight), padding);
            }

            /// <summary>A table of given rows.</summary>
            /// <param name="embeddings">The rows; the table takes them over.</param>
            /// <param name="freeze">Whether they are not trained.</param>
            /// <param name="padding_idx">The row that gets no gradient.</param>
            /// <remarks>TorchSharp 0.105 looks these rows up, but registers other ones: models that train or save a
            /// table copy into one of <see cref="Embedding"/>.</remarks>
            public static Embedding Embedding_from_pretrained(
                Tensor embeddings, bool freeze = true, long? padding_idx = null) =>
                new(new Parameter(embeddings, !freeze), padding_idx);

            /// <summary>Shifts and scales the last dimensions to mean 0 and variance 1.</summary>
            public static LayerNorm LayerNorm(
                long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(
                    normalized_shape,
                    eps,
                    elementwise_affine ? new Parameter(ones(normalized_shape, dtype, device)) : null,
                    elementwise_affine && bias ? new Parameter(zeros(normalized_shape, dtype, device)) : null);

            /// <summary>Shifts and scales the last dimension to mean 0 and variance 1.</summary>
            public static LayerNorm LayerNorm(
                long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                LayerNorm([normalized_shape], eps, elementwise_affine, bias, device, dtype);

            /// <summary>Sets elements to 0 by chance while training, and scales up the others.</summary>
            public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);

            /// <summary>Filters along the last dimension; drawn evenly from +-1 / sqrt(inputs times width).</summary>
            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0,
                long dilation = 1, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            {
                var bound = 1 / Math.Sqrt((double)in_channels / groups * kernel_size);
                return new Conv1d(
                    Uniform([out_channels, in_channels / groups, kernel_size], bound, dtype, device),
                    bias ? Uniform([out_channels], bound, dtype, device) : null,
                    stride,
                    padding,
                    dilation,
                    groups);
            }

            private static Parameter Uniform(long[] shape, double bound, ScalarType? dtype, Device? device)
            {
                using var mode = no_grad();
                return new Parameter(empty(shape, dtype, device).uniform_(-bound, bound));
            }
        }
    }
}
