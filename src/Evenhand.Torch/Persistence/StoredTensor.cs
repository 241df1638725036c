using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch;

/// <summary>A tensor as it lies in a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its elements, in the words of the safetensors format, such as <c>F32</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Bytes">Its elements, row-major and little-endian.</param>
internal sealed record StoredTensor(string Name, string Type, long[] Shape, ReadOnlyMemory<byte> Bytes)
{
    private static readonly (string Name, ScalarType Type, long Size)[] Types =
    [
        ("F32", ScalarType.Float32, 4),
        ("F64", ScalarType.Float64, 8),
        ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8),
        ("I32", ScalarType.Int32, 4),
        ("I16", ScalarType.Int16, 2),
        ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1),
        ("BOOL", ScalarType.Bool, 1),
    ];

    /// <summary>A copy of a tensor's elements.</summary>
    public static StoredTensor Of(string name, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var here = tensor.detach().cpu().contiguous();
        return new StoredTensor(name, Array.Find(Types, t => t.Type == here.dtype).Name, here.shape, here.bytes.ToArray());
    }

    /// <summary>Bytes of an element.</summary>
    /// <exception cref="FormatException">There is no such type.</exception>
    public static long ElementSize(string type) => Find(type).Size;

    /// <summary>A new tensor of the elements, on the processor.</summary>
    public Tensor ToTensor()
    {
        var made = empty(Shape, Find(Type).Type);
        if (!Bytes.IsEmpty)
        {
            Bytes.Span.CopyTo(made.bytes);
        }

        return made;
    }

    private static (string Name, ScalarType Type, long Size) Find(string type) =>
        Array.Find(Types, t => t.Name == type) is { Name: not null } found
            ? found
            : throw new FormatException($"there are no tensors of type '{type}'");
}
