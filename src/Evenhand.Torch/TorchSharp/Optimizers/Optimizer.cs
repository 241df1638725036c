using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        /// <summary>Methods that change parameters by their gradients.</summary>
        public static partial class optim
        {
            /// <summary>A method that changes parameters by their gradients.</summary>
            public abstract class Optimizer : IDisposable
            {
                private protected Optimizer()
                {
                }

                /// <summary>The groups of parameters, each with options of its own.</summary>
                public abstract IEnumerable<ILearningRateController> ParamGroups { get; }

                /// <summary>The parameters of all groups.</summary>
                public abstract IEnumerable<Parameter> parameters();

                /// <summary>Drops the gradients of all parameters.</summary>
                /// <remarks>TorchSharp's package fills them with 0, so that there a parameter without a gradient still
                /// decays and follows its momentum.</remarks>
                public virtual void zero_grad() => nn.ZeroGradients(parameters(), setToNone: true);

                /// <summary>Changes the parameters by their gradients; those without one stay.</summary>
                /// <param name="closure">Computes the loss and its gradients anew; left out where they are
                /// there.</param>
                /// <returns>What the closure returned; null without one.</returns>
                public abstract Tensor? step(Func<Tensor>? closure = null);

                /// <summary>Releases the state.</summary>
                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                /// <summary>Releases the state.</summary>
                /// <param name="disposing">Whether it is not the finalizer that calls.</param>
                protected abstract void Dispose(bool disposing);

                /// <summary>Options and state of an optimizer. The state is the optimizer's own: what is written into
                /// it counts at the next step.</summary>
                public class StateDictionary
                {
                    internal StateDictionary()
                    {
                    }

                    /// <summary>Options of each group.</summary>
                    public List<OptimizerOptions> Options { get; } = [];

                    /// <summary>State of each parameter, in the order of groups.</summary>
                    public List<OptimizerState> State { get; } = [];
                }
            }

            /// <summary>Something that has a learning rate.</summary>
            public interface ILearningRateController
            {
                /// <summary>The learning rate now.</summary>
                double LearningRate { get; set; }

                /// <summary>The learning rate at the start, which schedules scale.</summary>
                double InitialLearningRate { get; }
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Options of a group of parameters.</summary>
    public class OptimizerOptions
    {
        /// <summary>The learning rate now; the optimizer's where left out.</summary>
        public double? LearningRate { get; set; }

        /// <summary>The learning rate at the start.</summary>
        public double InitialLearningRate { get; set; }
    }

    /// <summary>What an optimizer remembers about a parameter.</summary>
    public abstract class OptimizerState
    {
        private protected OptimizerState()
        {
        }

        internal abstract void Release();

        internal abstract void Load(OptimizerState source);
    }

    /// <summary>Parameters with options in common.</summary>
    public class ParamGroup : optim.ILearningRateController
    {
        private protected ParamGroup(IEnumerable<Parameter> parameters, OptimizerOptions options)
        {
            Parameters = [.. parameters];
            Options = options;
        }

        /// <summary>The parameters.</summary>
        public IEnumerable<Parameter> Parameters { get; }

        /// <summary>The options.</summary>
        public OptimizerOptions Options { get; }

        /// <inheritdoc/>
        public double LearningRate
        {
            get => Options.LearningRate!.Value;
            set => Options.LearningRate = value;
        }

        /// <inheritdoc/>
        public double InitialLearningRate => Options.InitialLearningRate;
    }

    /// <summary>Parameters with options in common.</summary>
    /// <typeparam name="TOptions">Kind of the options.</typeparam>
    public class ParamGroup<TOptions> : ParamGroup
        where TOptions : OptimizerOptions
    {
        private protected ParamGroup(IEnumerable<Parameter> parameters, TOptions options)
            : base(parameters, options) => Options = options;

        /// <summary>The options.</summary>
        public new TOptions Options { get; }
    }

    /// <summary>An optimizer with a state for each parameter.</summary>
    public abstract class OptimizerHelper : optim.Optimizer
    {
        private protected readonly Dictionary<Parameter,
            OptimizerState> states = new(ReferenceEqualityComparer.Instance);
        private readonly List<ParamGroup> groups = [];

        private protected OptimizerHelper()
        {
        }

        /// <inheritdoc/>
        public override IEnumerable<optim.ILearningRateController> ParamGroups => groups;

        /// <inheritdoc/>
        public override IEnumerable<Parameter> parameters() => groups.SelectMany(g => g.Parameters);

        /// <inheritdoc/>
        public override Tensor? step(Func<Tensor>? closure = null)
        {
            Tensor? loss = null;
            if (closure is not null)
            {
                using var recorded = enable_grad();
                loss = closure();
            }

            using var mode = no_grad();
            using var scope = NewDisposeScope();
            foreach (var group in groups)
            {
                Step(group);
            }

            return loss;
        }

        /// <summary>The options and the state, which stay the optimizer's own.</summary>
        public virtual StateDictionary state_dict()
        {
            var found = new StateDictionary();
            found.Options.AddRange(groups.Select(g => g.Options));
            found.State.AddRange(parameters().Select(p => states[p]));
            return found;
        }

        /// <summary>Copies learning rates and state of an optimizer of the same kind with the same groups.</summary>
        /// <exception cref="ArgumentException">The groups or parameters differ in number.</exception>
        public virtual void load_state_dict(StateDictionary state_dict)
        {
            ArgumentNullException.ThrowIfNull(state_dict);
            var own = this.state_dict();
            if (own.Options.Count != state_dict.Options.Count || own.State.Count != state_dict.State.Count)
            {
                throw new ArgumentException("The state is that of other groups of parameters.", nameof(state_dict));
            }

            for (var i = 0; i < own.Options.Count; i++)
            {
                own.Options[i].LearningRate = state_dict.Options[i].LearningRate;
                own.Options[i].InitialLearningRate = state_dict.Options[i].InitialLearningRate;
            }

            using var mode = no_grad();
            for (var i = 0; i < own.State.Count; i++)
            {
                own.State[i].Load(state_dict.State[i]);
            }
        }

        private protected abstract void Step(ParamGroup group);

        private protected abstract OptimizerState NewState(Parameter parameter, ParamGroup group);

        private protected void Add(ParamGroup group)
        {
            groups.Add(group);
            foreach (var parameter in group.Parameters)
            {
                if (!states.TryAdd(parameter, NewState(parameter, group)))
                {
                    throw new ArgumentException("A parameter is in two groups.");
                }
            }
        }

        /// <inheritdoc/>
        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                foreach (var (_, state) in states)
                {
                    state.Release();
                }
            }
        }

        // The parameters that have a gradient now, with the gradients, which point up where the aim is to maximize.
        private protected static (Parameter[] Parameters, Tensor[] Gradients) WithGradients(
            ParamGroup group, bool maximize = false)
        {
            List<Parameter> parameters = [];
            List<Tensor> gradients = [];
            foreach (var parameter in group.Parameters)
            {
                if (parameter.grad is { } gradient)
                {
                    parameters.Add(parameter);
                    gradients.Add(gradient);
                }
            }

            Tensor[] all = [.. gradients];
            return ([.. parameters], maximize && all.Length > 0 ? Interop.Operators.ForeachNeg.CallMany(all) : all);
        }

        // Zeros that belong to the optimizer, whatever scope is open.
        private protected static Tensor Zeros(Parameter parameter)
        {
            using var mode = no_grad();
            return zeros_like(parameter).DetachFromDisposeScope();
        }
    }
}
