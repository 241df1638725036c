using System.Buffers;
using System.Diagnostics;

namespace TorchSharp.Interop;

/// <summary>An operator of libtorch, found by its name when it is first called.</summary>
/// <param name="name">Name in libtorch without its namespace, such as <c>add</c>.</param>
/// <param name="overload">Overload in libtorch, such as <c>Tensor</c>; empty for the one without a name.</param>
/// <remarks>Names and schemas stand in libtorch's native_functions.yaml. Arguments go in the order of the schema; those
/// left out at the end have the schema's defaults. A call records itself for the gradient as any call in libtorch
/// does.</remarks>
internal sealed class Operator(string name, string overload = "")
{
    private const int WordsOnStack = 64;
    private nint handle;

    /// <summary>Calls an operator that returns one tensor.</summary>
    public unsafe torch.Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result = default;
        var count = Invoke(arguments, &result, 1);
        Debug.Assert(count == 1 && result.Tag == NativeTag.Tensor, name);
        return new torch.Tensor((nint)result.Bits);
    }

    /// <summary>Calls an operator that changes its first argument, and returns that argument.</summary>
    public unsafe torch.Tensor CallInPlace(torch.Tensor self, params ReadOnlySpan<Argument> others)
    {
        Span<Argument> arguments = new Argument[others.Length + 1];
        arguments[0] = self;
        others.CopyTo(arguments[1..]);
        NativeValue result = default;
        _ = Invoke(arguments, &result, 1);
        NativeMethods.Release((nint)result.Bits);
        return self;
    }

    /// <summary>Calls an operator that returns nothing.</summary>
    public unsafe void CallVoid(params ReadOnlySpan<Argument> arguments) => _ = Invoke(arguments, null, 0);

    /// <summary>Calls an operator that returns a truth value or a whole number.</summary>
    public unsafe long CallNumber(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result = default;
        _ = Invoke(arguments, &result, 1);
        return result.Bits;
    }

    /// <summary>Calls an operator that returns two tensors.</summary>
    public (torch.Tensor First, torch.Tensor Second) CallTwo(params ReadOnlySpan<Argument> arguments)
    {
        var all = CallMany(arguments);
        return (all[0], all[1]);
    }

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    public unsafe torch.Tensor[] CallMany(params ReadOnlySpan<Argument> arguments)
    {
        const int Capacity = 4;
        var first = stackalloc NativeValue[Capacity];
        var count = Invoke(arguments, first, Capacity);
        var tensors = new torch.Tensor[count];
        for (var i = 0; i < Math.Min(count, Capacity); i++)
        {
            tensors[i] = new torch.Tensor((nint)first[i].Bits);
        }

        if (count > Capacity)
        {
            var rest = new NativeValue[count - Capacity];
            fixed (NativeValue* results = rest)
            {
                NativeMethods.MoreResults(results);
            }

            for (var i = 0; i < rest.Length; i++)
            {
                tensors[Capacity + i] = new torch.Tensor((nint)rest[i].Bits);
            }
        }

        return tensors;
    }

    private unsafe int Invoke(ReadOnlySpan<Argument> arguments, NativeValue* results, int capacity)
    {
        if (handle == 0)
        {
            nint found;
            NativeError.ThrowIfFailed(NativeMethods.FindOperator("aten::" + name, overload, &found));
            handle = found;
        }

        var words = 0;
        foreach (ref readonly var argument in arguments)
        {
            words += argument.Words;
        }

        var values = stackalloc NativeValue[arguments.Length];
        if (words <= WordsOnStack)
        {
            var place = stackalloc long[words];
            return Invoke(arguments, values, place, results, capacity);
        }

        var rented = ArrayPool<long>.Shared.Rent(words);
        try
        {
            fixed (long* place = rented)
            {
                return Invoke(arguments, values, place, results, capacity);
            }
        }
        finally
        {
            ArrayPool<long>.Shared.Return(rented);
        }
    }

    private unsafe int Invoke(
        ReadOnlySpan<Argument> arguments, NativeValue* values, long* place, NativeValue* results, int capacity)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            values[i] = arguments[i].Lay(place);
            place += arguments[i].Words;
        }

        return NativeError.ThrowIfFailed(NativeMethods.Call(handle, values, arguments.Length, results, capacity), name);
    }
}
