namespace TorchSharp;

/// <summary>Kinds of machines that hold tensors; the numbers are libtorch's.</summary>
public enum DeviceType
{
    /// <summary>The processor and its memory.</summary>
    CPU = 0,

    /// <summary>A GPU by NVIDIA, or by AMD through libtorch's HIP build.</summary>
    CUDA = 1,

    /// <summary>A GPU by Apple.</summary>
    MPS = 13,

    /// <summary>No memory at all: shapes only.</summary>
    META = 14,
}

/// <summary>A subset of TorchSharp 0.105 over the libtorch that is installed; names, shapes and defaults as
/// there.</summary>
public static partial class torch
{
    /// <summary>Types of elements; the numbers are libtorch's.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>Unsigned, 8 bits.</summary>
        Byte = 0,

        /// <summary>Signed, 8 bits.</summary>
        Int8 = 1,

        /// <summary>Signed, 16 bits.</summary>
        Int16 = 2,

        /// <summary>Signed, 32 bits.</summary>
        Int32 = 3,

        /// <summary>Signed, 64 bits: the type of indices.</summary>
        Int64 = 4,

        /// <summary>IEEE half precision.</summary>
        Float16 = 5,

        /// <summary>IEEE single precision: the default.</summary>
        Float32 = 6,

        /// <summary>IEEE double precision.</summary>
        Float64 = 7,

        /// <summary>A truth value in 8 bits: the type of masks.</summary>
        Bool = 11,

        /// <summary>The upper half of single precision: its range, 8 bits of fraction.</summary>
        BFloat16 = 15,
    }

    /// <summary>Unsigned, 8 bits.</summary>
    public static readonly ScalarType uint8 = ScalarType.Byte;

    /// <summary>Signed, 8 bits.</summary>
    public static readonly ScalarType int8 = ScalarType.Int8;

    /// <summary>Signed, 16 bits.</summary>
    public static readonly ScalarType int16 = ScalarType.Int16;

    /// <summary>Signed, 32 bits.</summary>
    public static readonly ScalarType int32 = ScalarType.Int32;

    /// <summary>Signed, 64 bits: the type of indices.</summary>
    public static readonly ScalarType int64 = ScalarType.Int64;

    /// <summary>IEEE half precision.</summary>
    public static readonly ScalarType float16 = ScalarType.Float16;

    /// <summary>The upper half of single precision.</summary>
    public static readonly ScalarType bfloat16 = ScalarType.BFloat16;

    /// <summary>IEEE single precision: the default.</summary>
    public static readonly ScalarType float32 = ScalarType.Float32;

    /// <summary>IEEE double precision.</summary>
    public static readonly ScalarType float64 = ScalarType.Float64;

    /// <summary>A truth value.</summary>
    public static readonly ScalarType @bool = ScalarType.Bool;

    /// <summary>What neural networks are made of.</summary>
    public static partial class nn
    {
        /// <summary>How a loss over many elements becomes one number; the numbers are libtorch's.</summary>
        public enum Reduction : long
        {
            /// <summary>It stays one number an element.</summary>
            None = 0,

            /// <summary>Their mean.</summary>
            Mean = 1,

            /// <summary>Their sum.</summary>
            Sum = 2,
        }
    }

    private static readonly Dictionary<Type, ScalarType> TypesOfElements = new()
    {
        [typeof(bool)] = ScalarType.Bool,
        [typeof(byte)] = ScalarType.Byte,
        [typeof(sbyte)] = ScalarType.Int8,
        [typeof(short)] = ScalarType.Int16,
        [typeof(int)] = ScalarType.Int32,
        [typeof(long)] = ScalarType.Int64,
        [typeof(Half)] = ScalarType.Float16,
        [typeof(float)] = ScalarType.Float32,
        [typeof(double)] = ScalarType.Float64,
    };

    /// <summary>Whether the type has a fraction.</summary>
    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

    /// <summary>Whether the type holds whole numbers; truth values count as such.</summary>
    public static bool is_integral(ScalarType type) => !is_floating_point(type);

    // The type of tensors whose elements are of a .NET type.
    internal static ScalarType TypeOf(Type type) => TypesOfElements.TryGetValue(type, out var found)
        ? found
        : throw new ArgumentException($"Tensors have no elements of type {type.Name}.");
}
