using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>One number that goes into an operation with tensors.</summary>
public sealed class Scalar : IDisposable
{
    private readonly torch.ScalarType type;
    private readonly double real;
    private readonly long whole;

    private Scalar(long whole, torch.ScalarType type)
    {
        this.whole = whole;
        this.type = type;
    }

    private Scalar(double real, torch.ScalarType type)
    {
        this.real = real;
        this.type = type;
    }

    /// <summary>The type of the number: Int64, Float64 or Bool, as libtorch keeps scalars.</summary>
    public torch.ScalarType Type => type;

    /// <summary>A whole number.</summary>
    public static implicit operator Scalar(byte value) => new(value, torch.ScalarType.Int64);

    /// <summary>A whole number.</summary>
    public static implicit operator Scalar(int value) => new(value, torch.ScalarType.Int64);

    /// <summary>A whole number.</summary>
    public static implicit operator Scalar(long value) => new(value, torch.ScalarType.Int64);

    /// <summary>A real number.</summary>
    public static implicit operator Scalar(float value) => new((double)value, torch.ScalarType.Float64);

    /// <summary>A real number.</summary>
    public static implicit operator Scalar(double value) => new(value, torch.ScalarType.Float64);

    /// <summary>A truth value.</summary>
    public static implicit operator Scalar(bool value) => new(value ? 1 : 0, torch.ScalarType.Bool);

    /// <summary>Nothing to release here; TorchSharp's scalars are native.</summary>
    public void Dispose()
    {
    }

    internal Argument AsArgument() => type switch
    {
        torch.ScalarType.Float64 => real,
        torch.ScalarType.Bool => whole != 0,
        _ => whole,
    };
}
