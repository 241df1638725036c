using Evenhand.Torch.Runtime;
using static TorchSharp.torch;

namespace Evenhand.Torch.Training;

/// <summary>The numbers of one step of AdamW: w = Shrink w - Rate m / (sqrt(v) / Correction + Epsilon).</summary>
/// <param name="Shrink">What is left of a weight, apart from its gradient.</param>
/// <param name="Rate">The learning rate, divided by what the running mean lacks at its start.</param>
/// <param name="Correction">Root of what the running mean of squares lacks at its start.</param>
internal readonly record struct AdamWStep(double Shrink, double Rate, double Correction)
{
    /// <summary>Share of the running mean of gradients that stays.</summary>
    public const double AverageDecay = 0.9;

    /// <summary>Share of the running mean of squares that stays.</summary>
    public const double SquareDecay = 0.999;

    /// <summary>Added to the root.</summary>
    public const double Epsilon = 1e-8;

    /// <param name="rate">The learning rate.</param>
    /// <param name="weightDecay">Share of a weight, times the learning rate, that is taken off.</param>
    /// <param name="count">Which step of the parameter it is, from 1.</param>
    public static AdamWStep Of(double rate, double weightDecay, long count) => new(
        1 - (rate * weightDecay),
        rate / (1 - Math.Pow(AverageDecay, count)),
        Math.Sqrt(1 - Math.Pow(SquareDecay, count)));

    /// <summary>Takes the step by operators of libtorch, on any device.</summary>
    public void Apply(Tensor weights, Tensor gradient, Tensor average, Tensor square)
    {
        average.MultiplyInPlace(AverageDecay).AddInPlace(gradient, 1 - AverageDecay);
        square.MultiplyInPlace(SquareDecay).AddProductInPlace(gradient, gradient, 1 - SquareDecay);
        var spread = square.sqrt().DivideInPlace(Correction).AddInPlace(Epsilon);
        weights.MultiplyInPlace(Shrink).AddQuotientInPlace(average, spread, -Rate);
    }
}
