using System.Collections;
using System.Runtime.InteropServices;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor on the processor, in the order of rows.</summary>
/// <typeparam name="T">Their type; it must be the tensor's.</typeparam>
/// <remarks>Where the tensor lies in memory otherwise, the accessor reads a copy and does not write.</remarks>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly torch.Tensor? copy;
    private readonly long[] shape;

    internal TensorAccessor(torch.Tensor tensor)
    {
        if (tensor.dtype != torch.TypeOf(typeof(T)))
        {
            throw new ArgumentException($"The elements are of type {tensor.dtype}, not {typeof(T).Name}.");
        }

        this.tensor = tensor;
        shape = tensor.shape;
        if (!tensor.is_contiguous())
        {
            copy = tensor.contiguous();
        }
    }

    /// <summary>Number of elements.</summary>
    public long Count => tensor.NumberOfElements;

    /// <summary>The element at indices of the tensor's dimensions; one index counts in the order of rows.</summary>
    public T this[params long[] indices]
    {
        get => Elements()[Position(indices)];
        set => Writable()[Position(indices)] = value;
    }

    /// <summary>The elements as an array.</summary>
    public T[] ToArray() => Elements().ToArray();

    /// <summary>Copies elements out.</summary>
    /// <param name="array">Where to; as much as it takes or there is.</param>
    /// <param name="arrayIndex">First place that is written.</param>
    /// <param name="tensorIndex">First element that is read.</param>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <inheritdoc cref="CopyTo(T[], int, long)"/>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var from = Elements()[checked((int)tensorIndex)..];
        var to = array[arrayIndex..];
        from[..Math.Min(from.Length, to.Length)].CopyTo(to);
    }

    /// <summary>Copies elements in.</summary>
    /// <param name="array">Where from; as much as there is or the tensor takes.</param>
    /// <param name="arrayIndex">First element that is read.</param>
    /// <param name="tensorIndex">First place that is written.</param>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <inheritdoc cref="CopyFrom(T[], int, long)"/>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var from = array[arrayIndex..];
        var to = Writable()[checked((int)tensorIndex)..];
        from[..Math.Min(from.Length, to.Length)].CopyTo(to);
    }

    /// <summary>Releases the copy, where there is one; its scope does so too.</summary>
    public void Dispose() => copy?.Dispose();

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Span<T> Elements() => MemoryMarshal.Cast<byte, T>((copy ?? tensor).bytes);

    private Span<T> Writable() => copy is null
        ? Elements()
        : throw new InvalidOperationException("The elements are not in one piece; call contiguous() first.");

    private int Position(long[] indices)
    {
        if (indices.Length == 1)
        {
            return checked((int)indices[0]);
        }

        if (indices.Length != shape.Length)
        {
            throw new ArgumentException($"{indices.Length} indices for {shape.Length} dimensions.");
        }

        var position = 0L;
        for (var i = 0; i < shape.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(indices[i]);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(indices[i], shape[i]);
            position = (position * shape[i]) + indices[i];
        }

        return checked((int)position);
    }
}
