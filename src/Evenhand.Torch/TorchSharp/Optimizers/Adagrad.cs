using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Steps scaled by the sums of squared gradients. Duchi, Hazan, Singer 2011.</summary>
    public class Adagrad : OptimizerHelper
    {
        internal Adagrad(IEnumerable<ParamGroup> groups, Options byDefault)
        {
            foreach (var group in groups)
            {
                group.Options.Complete(byDefault);
                Add(group);
            }
        }

        private protected override OptimizerState NewState(Parameter parameter, Modules.ParamGroup group) =>
            new State(Zeros(parameter).fill_(((Options)group.Options).initial_accumulator_value!.Value));

        private protected override void Step(Modules.ParamGroup group)
        {
            var options = (Options)group.Options;
            var (parameters, gradients) = WithGradients(group);
            if (options.weight_decay is > 0 or < 0)
            {
                gradients = Operators.ForeachAdd.CallMany(gradients, parameters, (Scalar)options.weight_decay.Value);
            }

            for (var i = 0; i < parameters.Length; i++)
            {
                var state = (State)states[parameters[i]];
                state.step++;
                var rate = options.LearningRate!.Value / (1 + ((state.step - 1) * options.lr_decay!.Value));
                state.sum.addcmul_(gradients[i], gradients[i], 1);
                parameters[i].addcdiv_(gradients[i], state.sum.sqrt().add_(options.eps!.Value), -rate);
            }
        }

        /// <summary>What is remembered about a parameter.</summary>
        public sealed class State : OptimizerState
        {
            /// <summary>Number of steps.</summary>
            public long step;

            /// <summary>Sum of the squared gradients.</summary>
            public Tensor sum;

            internal State(Tensor sum) => this.sum = sum;

            internal override void Release() => sum.Dispose();

            internal override void Load(OptimizerState source)
            {
                var other = (State)source;
                step = other.step;
                sum.copy_(other.sum);
            }
        }

        /// <summary>Options of a group of parameters; the optimizer's where left out.</summary>
        public class Options : OptimizerOptions
        {
            /// <summary>How the learning rate falls: divided by 1 plus so much of the steps before.</summary>
            public double? lr_decay;

            /// <summary>Where the sums of squares start.</summary>
            public double? initial_accumulator_value;

            /// <summary>Added to the root of the sum of squares.</summary>
            public double? eps;

            /// <summary>Added to the gradients: so much of each parameter.</summary>
            public double? weight_decay;

            internal void Complete(Options byDefault)
            {
                LearningRate ??= byDefault.LearningRate;
                InitialLearningRate = LearningRate!.Value;
                lr_decay ??= byDefault.lr_decay;
                initial_accumulator_value ??= byDefault.initial_accumulator_value;
                eps ??= byDefault.eps;
                weight_decay ??= byDefault.weight_decay;
            }
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
                IEnumerable<Parameter> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0,
                double initial_accumulator_value = 0, double eps = 1e-10)
                : this(parameters, Of(lr, lr_decay, weight_decay, initial_accumulator_value, eps))
            {
            }

            internal static Options Of(
                double lr, double lr_decay, double weight_decay, double initial_accumulator_value, double eps) =>
                new()
                {
                    LearningRate = lr,
                    lr_decay = lr_decay,
                    weight_decay = weight_decay,
                    initial_accumulator_value = initial_accumulator_value,
                    eps = eps,
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
            /// <summary>Steps scaled by the sums of squared gradients. Duchi, Hazan, Singer 2011.</summary>
            /// <param name="parameters">What is trained.</param>
            /// <param name="lr">Learning rate.</param>
            /// <param name="lr_decay">How the learning rate falls: divided by 1 plus so much of the steps
            /// before.</param>
            /// <param name="weight_decay">Added to the gradients: so much of each parameter.</param>
            /// <param name="initial_accumulator_value">Where the sums of squares start.</param>
            /// <param name="eps">Added to the root of the sum of squares.</param>
            public static Adagrad Adagrad(
                IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0,
                double initial_accumulator_value = 0, double eps = 1e-10) =>
                Adagrad(
                    [new Adagrad.ParamGroup(parameters, new Adagrad.Options())],
                    lr, lr_decay, weight_decay, initial_accumulator_value, eps);

            /// <summary>Steps scaled by the sums of squared gradients.</summary>
            /// <remarks>The parameters come in groups; options that a group leaves out are as given here.</remarks>
            public static Adagrad Adagrad(
                IEnumerable<Adagrad.ParamGroup> parameters, double lr = 1e-2, double lr_decay = 0,
                double weight_decay = 0,
                double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(
                    parameters,
                    Modules.Adagrad.ParamGroup.Of(lr, lr_decay, weight_decay, initial_accumulator_value, eps));
        }
    }
}
