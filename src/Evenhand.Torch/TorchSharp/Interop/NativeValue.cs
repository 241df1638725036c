using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>How the shim reads an argument or writes a result; the numbers are those of native/shim.h.</summary>
internal enum NativeTag
{
    None = 0,
    Tensor = 1,
    Int = 2,
    Double = 3,
    Bool = 4,
    IntList = 5,
    TensorList = 6,
    String = 7,
    DoubleList = 8,
    OptionalTensorList = 9,
    Device = 10,
    Generator = 11,
}

/// <summary>One argument or result as the shim sees it: 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    public NativeTag Tag;
    public int Count;
    public long Bits;
}
