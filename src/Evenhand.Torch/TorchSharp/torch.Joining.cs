using TorchSharp.Interop;

namespace TorchSharp;

// Several tensors into one.
public static partial class torch
{
    /// <summary>Puts tensors one after another along a dimension that they have.</summary>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Operators.Cat.Call(tensors.ToArray(), dim);

    /// <summary>Puts tensors of one shape beside each other in a new dimension.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) =>
        Operators.Stack.Call(tensors.ToArray(), dim);

    /// <summary>Elements of x where the condition is true, of y elsewhere.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.where(condition, y);
    }

    /// <summary>Sums of products by Einstein's notation, such as <c>bij,bjk-&gt;bik</c>.</summary>
    public static Tensor einsum(string equation, params Tensor[] tensors) => Operators.Einsum.Call(equation, tensors);
}
