using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Stochastic gradient descent, with momentum where asked for. Sutskever et al. 2013.</summary>
    public class SGD : OptimizerHelper
    {
        internal SGD(IEnumerable<ParamGroup> groups, Options byDefault)
        {
            foreach (var group in groups)
            {
                group.Options.Complete(byDefault);
                Add(group);
            }
        }

        private protected override OptimizerState NewState(Parameter parameter, Modules.ParamGroup group) =>
            new State();

        private protected override void Step(Modules.ParamGroup group)
        {
            var options = (Options)group.Options;
            var (parameters, gradients) = WithGradients(group, options.maximize!.Value);
            if (parameters.Length == 0)
            {
                return;
            }

            if (options.weight_decay is > 0 or < 0)
            {
                gradients = Operators.ForeachAdd.CallMany(gradients, parameters, (Scalar)options.weight_decay.Value);
            }

            if (options.momentum!.Value != 0)
            {
                gradients = WithMomentum(options, parameters, gradients);
            }

            Operators.ForeachAddInPlace.CallVoid(parameters, gradients, (Scalar)(-options.LearningRate!.Value));
        }

        // The first gradient is the momentum as it is; dampening starts with the second.
        private Tensor[] WithMomentum(Options options, Parameter[] parameters, Tensor[] gradients)
        {
            var directions = new Tensor[gradients.Length];
            for (var i = 0; i < gradients.Length; i++)
            {
                var state = (State)states[parameters[i]];
                if (state.momentum_buffer is { } buffer)
                {
                    buffer.mul_(options.momentum!.Value).add_(gradients[i], 1 - options.dampening!.Value);
                }
                else
                {
                    buffer = state.momentum_buffer = gradients[i].clone().DetachFromDisposeScope();
                }

                directions[i] = options.nesterov!.Value ? gradients[i].add(buffer, options.momentum!.Value) : buffer;
            }

            return directions;
        }

        /// <summary>What is remembered about a parameter.</summary>
        public sealed class State : OptimizerState
        {
            /// <summary>The momentum; null before the first step.</summary>
            public Tensor? momentum_buffer;

            internal override void Release() => momentum_buffer?.Dispose();

            internal override void Load(OptimizerState source)
            {
                var other = (State)source;
                momentum_buffer?.Dispose();
                momentum_buffer = other.momentum_buffer?.clone().DetachFromDisposeScope();
            }
        }

        /// <summary>Options of a group of parameters; the optimizer's where left out.</summary>
        public class Options : OptimizerOptions
        {
            /// <summary>Share of the momentum that stays at a step.</summary>
            public double? momentum;

            /// <summary>Share of the gradient that does not go into the momentum.</summary>
            public double? dampening;

            /// <summary>Added to the gradients: so much of each parameter.</summary>
            public double? weight_decay;

            /// <summary>Whether the gradient is added to the momentum once more. Nesterov 1983.</summary>
            public bool? nesterov;

            /// <summary>Whether the aim is to maximize.</summary>
            public bool? maximize;

            internal void Complete(Options byDefault)
            {
                LearningRate ??= byDefault.LearningRate;
                InitialLearningRate = LearningRate!.Value;
                momentum ??= byDefault.momentum;
                dampening ??= byDefault.dampening;
                weight_decay ??= byDefault.weight_decay;
                nesterov ??= byDefault.nesterov;
                maximize ??= byDefault.maximize;
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
                IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false)
                : this(parameters, Of(lr, momentum, dampening, weight_decay, nesterov, maximize))
            {
            }

            internal static Options Of(
                double lr, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize) =>
                new()
                {
                    LearningRate = lr,
                    momentum = momentum,
                    dampening = dampening,
                    weight_decay = weight_decay,
                    nesterov = nesterov,
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
            /// <summary>Stochastic gradient descent.</summary>
            /// <param name="parameters">What is trained.</param>
            /// <param name="learningRate">Learning rate.</param>
            /// <param name="momentum">Share of the momentum that stays at a step.</param>
            /// <param name="dampening">Share of the gradient that does not go into the momentum.</param>
            /// <param name="weight_decay">Added to the gradients: so much of each parameter.</param>
            /// <param name="nesterov">Whether the gradient is added to the momentum once more.</param>
            /// <param name="maximize">Whether the aim is to maximize.</param>
            public static SGD SGD(
                IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                SGD(
                    [new SGD.ParamGroup(parameters, new SGD.Options())],
                    learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            /// <summary>Stochastic gradient descent.</summary>
            /// <remarks>The parameters come in groups; options that a group leaves out are as given here.</remarks>
            public static SGD SGD(
                IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0.0,
                double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(
                    parameters,
                    Modules.SGD.ParamGroup.Of(learningRate, momentum, dampening, weight_decay, nesterov, maximize));
        }
    }
}
