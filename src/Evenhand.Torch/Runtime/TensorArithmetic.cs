using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Runtime;

/// <summary>Arithmetic of tensors with numbers, and sums of tensors.</summary>
/// <remarks>
/// <para>TorchSharp makes a native <see cref="Scalar"/> of each number, and its operators let go of it before libtorch
/// reads it: a garbage collection in between frees it, and libtorch reads what lies there by then, which is an error or
/// a wrong number. Here each is held until the call returns.</para>
/// <para>So nothing else in this assembly may use an operator or a method of TorchSharp that makes a scalar. The sum of
/// two tensors is one: it scales the second by 1. A test looks for others in the compiled code.</para>
/// </remarks>
internal static class TensorArithmetic
{
    /// <summary>The sum.</summary>
    public static Tensor Plus(this Tensor tensor, Tensor other)
    {
        using Scalar one = 1;
        return tensor.add(other, one);
    }

    /// <inheritdoc cref="Plus(Tensor, Tensor)"/>
    public static Tensor Plus(this Tensor tensor, double number)
    {
        using Scalar scalar = number;
        using Scalar one = 1;
        return tensor.add(scalar, one);
    }

    /// <summary>The product.</summary>
    public static Tensor Times(this Tensor tensor, double factor)
    {
        using Scalar scalar = factor;
        return tensor.mul(scalar);
    }

    /// <summary>The quotient.</summary>
    public static Tensor DividedBy(this Tensor tensor, double divisor)
    {
        using Scalar scalar = divisor;
        return tensor.div(scalar);
    }

    /// <summary>Each element, or the bound where it is less.</summary>
    public static Tensor AtLeast(this Tensor tensor, double bound)
    {
        using Scalar scalar = bound;
        return tensor.clamp_min(scalar);
    }

    /// <summary>Each element, or the bound where it is less; whole numbers stay whole.</summary>
    public static Tensor AtLeast(this Tensor tensor, long bound)
    {
        using Scalar scalar = bound;
        return tensor.clamp_min(scalar);
    }

    /// <summary>Each element, or the bound where it is more.</summary>
    public static Tensor AtMost(this Tensor tensor, double bound)
    {
        using Scalar scalar = bound;
        return tensor.clamp_max(scalar);
    }

    /// <summary>Whether each element is the number or more.</summary>
    public static Tensor IsAtLeast(this Tensor tensor, double number)
    {
        using Scalar scalar = number;
        return tensor.ge(scalar);
    }

    /// <summary>Whether each element is more than the number.</summary>
    public static Tensor IsAbove(this Tensor tensor, double number)
    {
        using Scalar scalar = number;
        return tensor.gt(scalar);
    }

    /// <summary>Whether each element is another number.</summary>
    public static Tensor IsNot(this Tensor tensor, long number)
    {
        using Scalar scalar = number;
        return tensor.ne(scalar);
    }

    /// <summary>Adds each slice of <paramref name="source"/> to the one at its index.</summary>
    public static Tensor PlusAt(this Tensor tensor, long dimension, Tensor index, Tensor source)
    {
        using Scalar one = 1;
        return tensor.index_add(dimension, index, source, one);
    }

    /// <summary>Adds a number to the tensor itself.</summary>
    public static Tensor AddInPlace(this Tensor tensor, double number)
    {
        using Scalar scalar = number;
        using Scalar one = 1;
        return tensor.add_(scalar, one);
    }

    /// <summary>Adds another, times a factor, to the tensor itself.</summary>
    public static Tensor AddInPlace(this Tensor tensor, Tensor other, double factor = 1)
    {
        using Scalar scalar = factor;
        return tensor.add_(other, scalar);
    }

    /// <summary>Adds a product of elements, times a factor, to the tensor itself.</summary>
    public static Tensor AddProductInPlace(this Tensor tensor, Tensor left, Tensor right, double factor)
    {
        using Scalar scalar = factor;
        return tensor.addcmul_(left, right, scalar);
    }

    /// <summary>Adds a quotient of elements, times a factor, to the tensor itself.</summary>
    public static Tensor AddQuotientInPlace(this Tensor tensor, Tensor dividend, Tensor divisor, double factor)
    {
        using Scalar scalar = factor;
        return tensor.addcdiv_(dividend, divisor, scalar);
    }

    /// <summary>Multiplies the tensor itself.</summary>
    public static Tensor MultiplyInPlace(this Tensor tensor, double factor)
    {
        using Scalar scalar = factor;
        return tensor.mul_(scalar);
    }

    /// <summary>Divides the tensor itself.</summary>
    public static Tensor DivideInPlace(this Tensor tensor, double divisor)
    {
        using Scalar scalar = divisor;
        return tensor.div_(scalar);
    }
}
