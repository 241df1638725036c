using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

// Tensors with the elements of .NET arrays, which are copied.
public static partial class torch
{
    /// <summary>A tensor of no dimension with one number.</summary>
    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) =>
        Copy<float>([scalar], [], null, device, requires_grad);

    /// <summary>A tensor of no dimension with one number.</summary>
    public static Tensor tensor(
        double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<double>([scalar], [], dtype, device, requires_grad);

    /// <summary>A tensor of no dimension with one number.</summary>
    public static Tensor tensor(
        long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<long>([scalar], [], dtype, device, requires_grad);

    /// <summary>A tensor of no dimension with one number.</summary>
    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        Copy<int>([scalar], [], null, device, requires_grad);

    /// <summary>A tensor of no dimension with one truth value.</summary>
    public static Tensor tensor(
        bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<bool>([scalar], [], dtype, device, requires_grad);

    /// <summary>The elements of an array in a row.</summary>
    public static Tensor tensor(
        float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<float>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>The elements of an array, in the order of rows, in a shape.</summary>
    public static Tensor tensor(
        float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Copy<float>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>The elements of an array in a row.</summary>
    public static Tensor tensor(
        double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<double>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>The elements of an array, in the order of rows, in a shape.</summary>
    public static Tensor tensor(
        double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Copy<double>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>The elements of an array in a row.</summary>
    public static Tensor tensor(
        long[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<long>(dataArray, [dataArray.Length], dtype, device, requires_grad);

    /// <summary>The elements of an array, in the order of rows, in a shape.</summary>
    public static Tensor tensor(
        long[] dataArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Copy<long>(dataArray, dimensions, dtype, device, requires_grad);

    /// <summary>The elements of an array in a row.</summary>
    public static Tensor tensor(
        int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<int>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>The elements of an array, in the order of rows, in a shape.</summary>
    public static Tensor tensor(
        int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Copy<int>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>The elements of an array in a row.</summary>
    public static Tensor tensor(
        bool[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<bool>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>The elements of an array, in the order of rows, in a shape.</summary>
    public static Tensor tensor(
        bool[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Copy<bool>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>The elements of an array in a row.</summary>
    public static Tensor tensor(
        byte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<byte>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>The elements of an array, in the order of rows, in a shape.</summary>
    public static Tensor tensor(
        byte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Copy<byte>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>The elements of an array of any number of dimensions, in its shape.</summary>
    /// <exception cref="ArgumentException">Tensors have no elements of its type.</exception>
    public static unsafe Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null,
        bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var sizes = new long[rawArray.Rank];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = rawArray.GetLongLength(i);
        }

        var type = TypeOf(rawArray.GetType().GetElementType()!);
        fixed (byte* data = &MemoryMarshal.GetArrayDataReference(rawArray))
        {
            return ConvertCopy(FromMemory(data, sizes, type), dtype, device, requires_grad);
        }
    }

    /// <inheritdoc cref="from_array(Array, ScalarType?, Device?, bool)"/>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    private static unsafe Tensor Copy<T>(
        ReadOnlySpan<T> elements, ReadOnlySpan<long> sizes, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        var expected = 1L;
        foreach (var size in sizes)
        {
            expected = checked(expected * size);
        }

        if (expected != elements.Length)
        {
            throw new ArgumentException($"{elements.Length} elements do not fill a tensor of {expected}.");
        }

        fixed (T* data = elements)
        {
            return ConvertCopy(FromMemory(data, sizes, TypeOf(typeof(T))), dtype, device, requires_grad);
        }
    }

    // The copy on the processor goes as soon as another type or device has taken its place.
    private static Tensor ConvertCopy(Tensor copied, ScalarType? dtype, Device? device, bool requires_grad)
    {
        var wanted = dtype ?? copied.dtype;
        if (wanted == copied.dtype && (device is null || device.type == DeviceType.CPU))
        {
            return Finish(copied, requires_grad);
        }

        using (copied)
        {
            return Finish(copied.to(wanted, device ?? CPU), requires_grad);
        }
    }

    private static unsafe Tensor FromMemory(void* data, ReadOnlySpan<long> sizes, ScalarType type)
    {
        nint made;
        fixed (long* first = sizes)
        {
            NativeError.ThrowIfFailed(NativeMethods.FromMemory(data, first, sizes.Length, (int)type, &made));
        }

        return new Tensor(made);
    }
}
