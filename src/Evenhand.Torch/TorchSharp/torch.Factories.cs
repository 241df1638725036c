using TorchSharp.Interop;

namespace TorchSharp;

// New tensors of any shape.
public static partial class torch
{
    /// <summary>A tensor of zeros.</summary>
    public static Tensor zeros(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Operators.Zeros.Call(size, dtype, Argument.None, device), requires_grad);

    /// <summary>A tensor of ones.</summary>
    public static Tensor ones(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Operators.Ones.Call(size, dtype, Argument.None, device), requires_grad);

    /// <summary>A tensor whose elements are whatever is in memory.</summary>
    public static Tensor empty(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Operators.Empty.Call(size, dtype, Argument.None, device), requires_grad);

    /// <summary>A tensor of one number.</summary>
    public static Tensor full(
        long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Operators.Full.Call(size, value, dtype, Argument.None, device), requires_grad);

    /// <summary>Elements drawn evenly from [0, 1).</summary>
    public static Tensor rand(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Finish(Operators.Rand.Call(size, generator, dtype, Argument.None, device), requires_grad);

    /// <summary>Elements drawn from the standard normal distribution.</summary>
    public static Tensor randn(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Finish(Operators.Randn.Call(size, generator, dtype, Argument.None, device), requires_grad);

    /// <summary>Whole numbers drawn evenly from [low, high).</summary>
    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Finish(
            Operators.Randint.Call(low, high, size, generator, dtype ?? ScalarType.Int64, Argument.None, device),
            requires_grad);

    /// <summary>Whole numbers drawn evenly from [0, high).</summary>
    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => randint(0, high, size, dtype, device, requires_grad, generator);

    /// <summary>The numbers from 0 to before n in random order.</summary>
    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Finish(
            Operators.Randperm.Call(n, generator, dtype ?? ScalarType.Int64, Argument.None, device), requires_grad);

    /// <summary>The numbers from start to before stop, in steps.</summary>
    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Finish(Operators.Arange.Call(start, stop, step, dtype, Argument.None, device), requires_grad);

    /// <summary>The numbers from start to before stop, in steps of 1.</summary>
    public static Tensor arange(
        Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>The numbers from 0 to before stop, in steps of 1.</summary>
    public static Tensor arange(
        Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>So many numbers from start to end, both included, at equal distances.</summary>
    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Finish(
            Operators.Linspace.Call((Scalar)start, (Scalar)end, steps, dtype, Argument.None, device), requires_grad);

    /// <summary>Ones on the diagonal, zeros elsewhere.</summary>
    public static Tensor eye(
        long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(
            Operators.Eye.Call(rows, columns < 0 ? rows : columns, dtype, Argument.None, device), requires_grad);

    /// <summary>Zeros in the shape of another tensor.</summary>
    public static Tensor zeros_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Operators.ZerosLike.Call(input, dtype, Argument.None, device), requires_grad);

    /// <summary>Ones in the shape of another tensor.</summary>
    public static Tensor ones_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Operators.OnesLike.Call(input, dtype, Argument.None, device), requires_grad);

    /// <summary>Whatever is in memory, in the shape of another tensor.</summary>
    public static Tensor empty_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Operators.EmptyLike.Call(input, dtype, Argument.None, device), requires_grad);

    /// <summary>One number, in the shape of another tensor.</summary>
    public static Tensor full_like(
        Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Operators.FullLike.Call(input, value, dtype, Argument.None, device), requires_grad);

    /// <summary>Elements drawn evenly from [0, 1), in the shape of another tensor.</summary>
    public static Tensor rand_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Operators.RandLike.Call(input, dtype, Argument.None, device), requires_grad);

    /// <summary>Elements drawn from the standard normal distribution, in the shape of another tensor.</summary>
    public static Tensor randn_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Operators.RandnLike.Call(input, dtype, Argument.None, device), requires_grad);

    private static Tensor Finish(Tensor made, bool requires_grad) =>
        requires_grad ? made.requires_grad_() : made;
}
