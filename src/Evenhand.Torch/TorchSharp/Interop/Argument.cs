using System.Text;

namespace TorchSharp.Interop;

/// <summary>One argument of an operator: a number in place, or a reference to what has more than one word.</summary>
internal readonly struct Argument
{
    private readonly NativeTag tag;
    private readonly int count;
    private readonly long bits;
    private readonly object? content;

    private Argument(NativeTag tag, long bits = 0, int count = 0, object? content = null)
    {
        this.tag = tag;
        this.bits = bits;
        this.count = count;
        this.content = content;
    }

    /// <summary>An optional argument that is left out in the middle.</summary>
    public static Argument None => default;

    /// <summary>Words of memory that the argument needs beside itself during the call.</summary>
    public int Words => tag switch
    {
        NativeTag.IntList or NativeTag.TensorList or NativeTag.OptionalTensorList or NativeTag.DoubleList => count,
        NativeTag.String => (count + 7) / 8,
        _ => 0,
    };

    public static implicit operator Argument(torch.Tensor? tensor) =>
        tensor is null ? default : new(NativeTag.Tensor, content: tensor);

    public static implicit operator Argument(long value) => new(NativeTag.Int, value);

    public static implicit operator Argument(long? value) => value is { } set ? set : default(Argument);

    public static implicit operator Argument(int value) => new(NativeTag.Int, value);

    public static implicit operator Argument(double value) =>
        new(NativeTag.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Argument(double? value) => value is { } set ? set : default(Argument);

    public static implicit operator Argument(bool value) => new(NativeTag.Bool, value ? 1 : 0);

    public static implicit operator Argument(torch.ScalarType type) => new(NativeTag.Int, (long)type);

    public static implicit operator Argument(torch.ScalarType? type) => type is { } set ? set : default(Argument);

    public static implicit operator Argument(torch.Device? device) =>
        device is null ? default : new(NativeTag.Device, device.index, (int)device.type);

    public static implicit operator Argument(Scalar? scalar) => scalar is null ? default : scalar.AsArgument();

    public static implicit operator Argument(long[]? list) =>
        list is null ? default : new(NativeTag.IntList, count: list.Length, content: list);

    public static implicit operator Argument(double[]? list) =>
        list is null ? default : new(NativeTag.DoubleList, count: list.Length, content: list);

    public static implicit operator Argument(torch.Tensor[] list) =>
        new(NativeTag.TensorList, count: list.Length, content: list);

    public static implicit operator Argument(torch.Generator? generator) =>
        generator is null ? default : new(NativeTag.Generator, content: generator);

    public static implicit operator Argument(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new(NativeTag.String, count: bytes.Length, content: bytes);
    }

    /// <summary>A list of tensors in which some may be left out, as indexing takes it.</summary>
    public static Argument Optional(torch.Tensor?[] list) =>
        new(NativeTag.OptionalTensorList, count: list.Length, content: list);

    /// <summary>Lays the argument out for the shim.</summary>
    /// <param name="words">Memory of <see cref="Words"/> words that stays where it is during the call.</param>
    public unsafe NativeValue Lay(long* words)
    {
        var value = new NativeValue { Tag = tag, Count = count, Bits = bits };
        switch (tag)
        {
            case NativeTag.Tensor:
                value.Bits = ((torch.Tensor)content!).Handle;
                break;
            case NativeTag.Generator:
                value.Bits = ((torch.Generator)content!).Handle;
                break;
            case NativeTag.IntList:
                ((long[])content!).CopyTo(new Span<long>(words, count));
                value.Bits = (nint)words;
                break;
            case NativeTag.DoubleList:
                ((double[])content!).CopyTo(new Span<double>(words, count));
                value.Bits = (nint)words;
                break;
            case NativeTag.String:
                ((byte[])content!).CopyTo(new Span<byte>(words, count));
                value.Bits = (nint)words;
                break;
            case NativeTag.TensorList or NativeTag.OptionalTensorList:
                var tensors = (torch.Tensor?[])content!;
                for (var i = 0; i < tensors.Length; i++)
                {
                    words[i] = tensors[i]?.Handle ?? 0;
                }

                value.Bits = (nint)words;
                break;
        }

        return value;
    }
}
