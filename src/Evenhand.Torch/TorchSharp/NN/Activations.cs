using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Gaussian error linear unit.</summary>
    public sealed class GELU : nn.Module<Tensor, Tensor>
    {
        internal GELU()
            : base(nameof(GELU))
        {
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => input.gelu();
    }

    /// <summary>The greater of each element and 0.</summary>
    public sealed class ReLU : nn.Module<Tensor, Tensor>
    {
        internal ReLU()
            : base(nameof(ReLU))
        {
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => input.relu();
    }

    /// <summary>Hyperbolic tangent.</summary>
    public sealed class Tanh : nn.Module<Tensor, Tensor>
    {
        internal Tanh()
            : base(nameof(Tanh))
        {
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => input.tanh();
    }

    /// <summary>Logistic function.</summary>
    public sealed class Sigmoid : nn.Module<Tensor, Tensor>
    {
        internal Sigmoid()
            : base(nameof(Sigmoid))
        {
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => input.sigmoid();
    }

    /// <summary>x times the logistic function of x.</summary>
    public sealed class SiLU : nn.Module<Tensor, Tensor>
    {
        internal SiLU()
            : base(nameof(SiLU))
        {
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => input.silu();
    }

    /// <summary>Exponentials along a dimension, divided by their sum.</summary>
    public sealed class Softmax : nn.Module<Tensor, Tensor>
    {
        private readonly long dim;

        internal Softmax(long dim)
            : base(nameof(Softmax)) => this.dim = dim;

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => input.softmax(dim);
    }

    /// <summary>Logarithm of the softmax along a dimension.</summary>
    public sealed class LogSoftmax : nn.Module<Tensor, Tensor>
    {
        private readonly long dim;

        internal LogSoftmax(long dim)
            : base(nameof(LogSoftmax)) => this.dim = dim;

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => input.log_softmax(dim);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Gaussian error linear unit.</summary>
            public static GELU GELU() => new();

            /// <summary>The greater of each element and 0.</summary>
            public static ReLU ReLU() => new();

            /// <summary>Hyperbolic tangent.</summary>
            public static Tanh Tanh() => new();

            /// <summary>Logistic function.</summary>
            public static Sigmoid Sigmoid() => new();

            /// <summary>x times the logistic function of x.</summary>
            public static SiLU SiLU() => new();

            /// <summary>Exponentials along a dimension, divided by their sum.</summary>
            public static Softmax Softmax(long dim) => new(dim);

            /// <summary>Logarithm of the softmax along a dimension.</summary>
            public static LogSoftmax LogSoftmax(long dim) => new(dim);
        }
    }
}
