using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evenhand.Torch.Encoders;

/// <summary>A fully connected layer: y = x W' + b, [..., inputs] to [..., outputs], in the precision of the open
/// pass (<see cref="MixedPrecision"/>).</summary>
internal sealed class DenseLayer : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;

    /// <param name="weight">W, [outputs, inputs].</param>
    /// <param name="bias">b, [outputs].</param>
    public DenseLayer(Parameter weight, Parameter bias)
        : base(nameof(DenseLayer))
    {
        this.weight = weight;
        this.bias = bias;
        RegisterComponents();
    }

    /// <summary>W, [outputs, inputs].</summary>
    public Parameter Weight => weight;

    /// <summary>b, [outputs].</summary>
    public Parameter Bias => bias;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => Apply(input, weight, bias);

    /// <summary>x W' + b, or x W' where there is no bias.</summary>
    public static Tensor Apply(Tensor input, Tensor weight, Tensor? bias = null) => nn.functional.linear(
        MixedPrecision.Narrow(input), MixedPrecision.Narrow(weight), bias is null ? null : MixedPrecision.Narrow(bias));
}
