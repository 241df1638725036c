using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What Adam and AdamW share: running means of gradients and of their squares. Kingma, Ba 2015, algorithm
/// 1.</summary>
/// <remarks>Each operation goes over all parameters in one call.</remarks>
public abstract class AdamBase : OptimizerHelper
{
    private readonly bool decoupled;

    private protected AdamBase(bool decoupled) => this.decoupled = decoupled;

    private protected override OptimizerState NewState(Parameter parameter, ParamGroup group) =>
        NewState(Zeros(parameter), Zeros(parameter), ((Options)group.Options).amsgrad!.Value ? Zeros(parameter) : null);

    private protected abstract Moments NewState(Tensor first, Tensor second, Tensor? greatest);

    private protected override void Step(ParamGroup group)
    {
        var options = (Options)group.Options;
        var (parameters, gradients) = WithGradients(group, options.maximize!.Value);

        // Parameters that were without a gradient at times have taken fewer steps, and are corrected otherwise.
        var byStep = Enumerable.Range(0, parameters.Length).GroupBy(i => ((Moments)states[parameters[i]]).step);
        foreach (var alike in byStep.Select(same => same.ToArray()).ToArray())
        {
            Step(
                options,
                Array.ConvertAll(alike, i => (Tensor)parameters[i]),
                Array.ConvertAll(alike, i => gradients[i]),
                Array.ConvertAll(alike, i => (Moments)states[parameters[i]]));
        }
    }

    private void Step(Options options, Tensor[] parameters, Tensor[] gradients, Moments[] moments)
    {
        var (rate, beta1, beta2) = (options.LearningRate!.Value, options.beta1!.Value, options.beta2!.Value);
        var decay = options.weight_decay!.Value;
        if (decoupled)
        {
            Operators.ForeachMulScalarInPlace.CallVoid(parameters, (Scalar)(1 - (rate * decay)));
        }
        else if (decay != 0)
        {
            gradients = Operators.ForeachAdd.CallMany(gradients, parameters, (Scalar)decay);
        }

        foreach (var moment in moments)
        {
            moment.step++;
        }

        var step = moments[0].step;
        var first = Array.ConvertAll(moments, m => m.exp_avg);
        var second = Array.ConvertAll(moments, m => m.exp_avg_sq);
        Operators.ForeachMulScalarInPlace.CallVoid(first, (Scalar)beta1);
        Operators.ForeachAddInPlace.CallVoid(first, gradients, (Scalar)(1 - beta1));
        Operators.ForeachMulScalarInPlace.CallVoid(second, (Scalar)beta2);
        Operators.ForeachAddcmulInPlace.CallVoid(second, gradients, gradients, (Scalar)(1 - beta2));
        if (options.amsgrad!.Value)
        {
            for (var i = 0; i < moments.Length; i++)
            {
                var greatest = moments[i].max_exp_avg_sq!;
                greatest.copy_(greatest.maximum(second[i]));
                second[i] = greatest;
            }
        }

        var spread = Operators.ForeachSqrt.CallMany(second);
        Operators.ForeachDivScalarInPlace.CallVoid(spread, (Scalar)Math.Sqrt(1 - Math.Pow(beta2, step)));
        Operators.ForeachAddScalarInPlace.CallVoid(spread, (Scalar)options.eps!.Value);
        Operators.ForeachAddcdivInPlace.CallVoid(
            parameters, first, spread, (Scalar)(-rate / (1 - Math.Pow(beta1, step))));
    }

    /// <summary>What is remembered about a parameter.</summary>
    public abstract class Moments : OptimizerState
    {
        /// <summary>Number of steps.</summary>
        public long step;

        /// <summary>Running mean of the gradients.</summary>
        public Tensor exp_avg;

        /// <summary>Running mean of their squares.</summary>
        public Tensor exp_avg_sq;

        /// <summary>The greatest such mean so far, where AMSGrad is asked for.</summary>
        public Tensor? max_exp_avg_sq;

        private protected Moments(Tensor first, Tensor second, Tensor? greatest)
        {
            exp_avg = first;
            exp_avg_sq = second;
            max_exp_avg_sq = greatest;
        }

        internal override void Release()
        {
            exp_avg.Dispose();
            exp_avg_sq.Dispose();
            max_exp_avg_sq?.Dispose();
        }

        internal override void Load(OptimizerState source)
        {
            var other = (Moments)source;
            step = other.step;
            exp_avg.copy_(other.exp_avg);
            exp_avg_sq.copy_(other.exp_avg_sq);
            if (other.max_exp_avg_sq is { } greatest)
            {
                max_exp_avg_sq?.copy_(greatest);
            }
        }
    }

    /// <summary>Options of a group of parameters; the optimizer's where left out.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>Share of the running mean of gradients that stays at a step.</summary>
        public double? beta1;

        /// <summary>Share of the running mean of squares that stays at a step.</summary>
        public double? beta2;

        /// <summary>Strength with which parameters are drawn to 0.</summary>
        public double? weight_decay;

        /// <summary>Added to the root of the mean of squares.</summary>
        public double? eps;

        /// <summary>Whether the greatest mean of squares so far counts. Reddi, Kale, Kumar 2018.</summary>
        public bool? amsgrad;

        /// <summary>Whether the aim is to maximize.</summary>
        public bool? maximize;

        internal void Complete(Options byDefault)
        {
            LearningRate ??= byDefault.LearningRate;
            InitialLearningRate = LearningRate!.Value;
            beta1 ??= byDefault.beta1;
            beta2 ??= byDefault.beta2;
            weight_decay ??= byDefault.weight_decay;
            eps ??= byDefault.eps;
            amsgrad ??= byDefault.amsgrad;
            maximize ??= byDefault.maximize;
        }
    }
}
