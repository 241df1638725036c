using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Adam whose parameters shrink apart from the gradients. Loshchilov, Hutter 2019, algorithm 2.</summary>
    public class AdamW : AdamBase
    {
        internal AdamW(IEnumerable<ParamGroup> groups, Options byDefault)
            : base(decoupled: true)
        {
            foreach (var group in groups)
            {
                group.Options.Complete(byDefault);
                Add(group);
            }
        }

        private protected override Moments NewState(Tensor first, Tensor second, Tensor? greatest) =>
            new State(first, second, greatest);

        /// <summary>What is remembered about a parameter.</summary>
        public sealed class State : Moments
        {
            internal State(Tensor first, Tensor second, Tensor? greatest)
                : base(first, second, greatest)
            {
            }
        }

        /// <summary>Options of a group of parameters; the optimizer's where left out.</summary>
        public new class Options : AdamBase.Options
        {
        }

        /// <summary>Parameters with options in common.</summary>
        public class ParamGroup : ParamGroup<Options>
        {
            /// <summary>Parameters with options in common.</summary>
            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options)
            {
            }

            /// <summary>Parameters with options in common.</summary>
            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : this(parameters, Of(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
            {
            }

            internal static Options Of(
                double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize) =>
                new()
                {
                    LearningRate = lr,
                    beta1 = beta1,
                    beta2 = beta2,
                    eps = eps,
                    weight_decay = weight_decay,
                    amsgrad = amsgrad,
                    maximize = maximize,
                };
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Adam whose parameters shrink apart from the gradients. Loshchilov, Hutter 2019, algorithm
            /// 2.</summary>
            /// <param name="parameters">What is trained.</param>
            /// <param name="lr">Learning rate.</param>
            /// <param name="beta1">Share of the running mean of gradients that stays at a step.</param>
            /// <param name="beta2">Share of the running mean of squares that stays at a step.</param>
            /// <param name="eps">Added to the root of the mean of squares.</param>
            /// <param name="weight_decay">Share of each parameter, times the learning rate, that is taken off at a
            /// step.</param>
            /// <param name="amsgrad">Whether the greatest mean of squares so far counts.</param>
            /// <param name="maximize">Whether the aim is to maximize.</param>
            public static AdamW AdamW(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                AdamW(
                    [new AdamW.ParamGroup(parameters, new AdamW.Options())],
                    lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <summary>Adam whose parameters shrink apart from the gradients. Loshchilov, Hutter 2019, algorithm
            /// 2.</summary>
            /// <remarks>The parameters come in groups; options that a group leaves out are as given here.</remarks>
            public static AdamW AdamW(
                IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(
                    parameters,
                    Modules.AdamW.ParamGroup.Of(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize));
        }
    }
}
