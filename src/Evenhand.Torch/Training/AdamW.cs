using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evenhand.Torch.Training;

/// <summary>Adam whose parameters shrink apart from the gradients; only matrices shrink, not biases and the scales of
/// normalizations.</summary>
/// <remarks>
/// <para>Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019, algorithm 2, with beta 0.9 and
/// 0.999 and 1e-8 beside the root, as PyTorch has them.</para>
/// <para>On the processor a step reads and writes each number once (<see cref="AdamWKernel"/>). TorchSharp's own makes
/// and releases some twelve tensors for each parameter, which takes longer than the passes of a small network.</para>
/// </remarks>
internal sealed class AdamW : IDisposable
{
    private readonly double _weightDecay;

    /// <param name="parameters">What is trained; they stay with their owner.</param>
    /// <param name="weightDecay">Share of each matrix, times the learning rate, that is taken off at a step.</param>
    public AdamW(IEnumerable<Parameter> parameters, double weightDecay)
    {
        _weightDecay = weightDecay;
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        States = [.. parameters.OrderBy(parameter => parameter.dim() > 1 ? 0 : 1).Select(ParameterState.Of)];
    }

    /// <summary>The parameters and what is remembered about each, matrices first.</summary>
    public IReadOnlyList<ParameterState> States { get; }

    /// <summary>Drops the gradients of the last step.</summary>
    public void ClearGradients()
    {
        foreach (var state in States)
        {
            state.Parameter.grad = null;
        }
    }

    /// <summary>Moves each parameter that has a gradient.</summary>
    /// <param name="rate">The learning rate.</param>
    public void Step(double rate)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        foreach (var state in States)
        {
            if (state.Parameter.grad is not { } gradient)
            {
                continue;
            }

            state.StepCount++;
            var step = AdamWStep.Of(rate, state.Parameter.dim() > 1 ? _weightDecay : 0, state.StepCount);
            if (state.Parameter.device.type == DeviceType.CPU)
            {
                AdamWKernel.Apply(
                    step, state.Parameter, gradient.contiguous(), state.Average, state.Square, get_num_threads());
            }
            else
            {
                step.Apply(state.Parameter, gradient, state.Average, state.Square);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var state in States)
        {
            state.Average.Dispose();
            state.Square.Dispose();
        }
    }

    /// <summary>A parameter and what is remembered about it.</summary>
    /// <param name="Parameter">The parameter.</param>
    /// <param name="Average">Running mean of its gradients.</param>
    /// <param name="Square">Running mean of their squares.</param>
    public sealed record ParameterState(Parameter Parameter, Tensor Average, Tensor Square)
    {
        /// <summary>Number of steps that moved it.</summary>
        public long StepCount { get; set; }

        internal static ParameterState Of(Parameter parameter) => new(
            parameter, zeros_like(parameter).DetachFromDisposeScope(), zeros_like(parameter).DetachFromDisposeScope());
    }
}
