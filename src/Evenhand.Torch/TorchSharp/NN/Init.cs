namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>First values of parameters. No operation here is recorded for gradients.</summary>
        public static class init
        {
            /// <summary>Writes 1.</summary>
            public static Tensor ones_(Tensor tensor) => Unrecorded(() => tensor.fill_(1));

            /// <summary>Writes 0.</summary>
            public static Tensor zeros_(Tensor tensor) => Unrecorded(() => tensor.zero_());

            /// <summary>Writes a number.</summary>
            public static Tensor constant_(Tensor tensor, Scalar val) => Unrecorded(() => tensor.fill_(val));

            /// <summary>Draws evenly from a range.</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1,
                Generator? generator = null) =>
                Unrecorded(() => tensor.uniform_(low, high, generator));

            /// <summary>Draws from a normal distribution.</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Unrecorded(() => tensor.normal_(mean, std, generator));

            /// <summary>Draws evenly such that variances are kept in both directions. Glorot, Bengio 2010, eq.
            /// 16.</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                var bound = Math.Sqrt(3) * Spread(tensor, gain);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Draws from a normal distribution such that variances are kept in both directions.
            /// Glorot, Bengio 2010.</summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0) =>
                normal_(tensor, 0, Spread(tensor, gain));

            /// <summary>Inputs and outputs of a weight: its second and first dimension, times what follows
            /// them.</summary>
            /// <exception cref="ArgumentException">It has fewer than two dimensions.</exception>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                var shape = tensor.shape;
                if (shape.Length < 2)
                {
                    throw new ArgumentException("A weight of fewer than two dimensions has no inputs and outputs.");
                }

                var field = shape.Skip(2).Aggregate(1L, (product, length) => product * length);
                return (shape[1] * field, shape[0] * field);
            }

            private static double Spread(Tensor tensor, double gain)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return gain * Math.Sqrt(2.0 / (fanIn + fanOut));
            }

            private static Tensor Unrecorded(Func<Tensor> write)
            {
                using var mode = no_grad();
                return write();
            }
        }

        /// <summary>What training asks of parameters.</summary>
        public static class utils
        {
            /// <summary>Scales all gradients down so that their norm, taken together, is not above a bound.</summary>
            /// <param name="tensors">The parameters; those without a gradient do not count.</param>
            /// <param name="max_norm">The bound.</param>
            /// <param name="norm_type">Which norm; 2 where left out.</param>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(
                IEnumerable<Modules.Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var scope = NewDisposeScope();
                using var mode = no_grad();
                Tensor[] gradients = [.. tensors.Select(t => t.grad).OfType<Tensor>()];
                if (gradients.Length == 0)
                {
                    return 0;
                }

                var norms = Interop.Operators.ForeachNorm.CallMany(gradients, (Scalar)norm_type);
                var total = stack(norms).norm((float)norm_type).ToNumber<double>();
                var scale = max_norm / (total + 1e-6);
                if (scale < 1)
                {
                    Interop.Operators.ForeachMulScalarInPlace.CallVoid(gradients, (Scalar)scale);
                }

                return total;
            }
        }
    }
}
