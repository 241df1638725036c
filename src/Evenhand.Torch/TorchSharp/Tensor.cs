using System.Runtime.InteropServices;
using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>An array of any number of dimensions, on the processor or a GPU.</summary>
    /// <remarks>Names, shapes and defaults are PyTorch's. It holds native memory: make it in a
    /// <see cref="NewDisposeScope"/>, or dispose of it.</remarks>
    public partial class Tensor : IDisposable
    {
        private nint handle;

        internal Tensor(nint handle)
        {
            this.handle = handle;
            DisposeScopeManager.ThreadSingleton.Register(this);
        }

        // Takes the place of another object that gave its native tensor away, in its scope too.
        internal Tensor(nint handle, DisposeScope? scope, Tensor original)
        {
            this.handle = handle;
            scope?.Replace(original, this);
        }

        /// <summary>Releases the native tensor where nobody has.</summary>
        ~Tensor() => Dispose(false);

        /// <summary>Tensors of the process that hold native memory; views and copies count as their own.</summary>
        public static long TotalCount => NativeMethods.LiveHandles();

        /// <summary>The native tensor.</summary>
        /// <exception cref="ObjectDisposedException">It was disposed of, by its scope perhaps.</exception>
        public nint Handle => handle != 0
            ? handle
            : throw new ObjectDisposedException(nameof(Tensor), "The tensor was disposed of, by its scope perhaps.");

        /// <summary>Whether it was disposed of.</summary>
        public bool IsInvalid => handle == 0;

        /// <summary>Number of dimensions.</summary>
        public long Dimensions => NativeMethods.Dimensions(Handle);

        /// <summary>Number of dimensions.</summary>
        public long ndim => Dimensions;

        /// <summary>Number of elements.</summary>
        public long NumberOfElements => NativeMethods.NumberOfElements(Handle);

        /// <summary>Bytes of one element.</summary>
        public long ElementSize => NativeMethods.ElementSize(Handle);

        /// <summary>Type of the elements.</summary>
        public ScalarType dtype => (ScalarType)NativeError.ThrowIfFailed(NativeMethods.ScalarType(Handle));

        /// <summary>Where the elements are.</summary>
        public Device device
        {
            get
            {
                var packed = NativeMethods.Device(Handle);
                return new Device((DeviceType)(packed >> 32), (int)packed);
            }
        }

        /// <summary>Kind of the device on which the elements are.</summary>
        public DeviceType device_type => device.type;

        /// <summary>Index of the device on which the elements are; -1 for the processor.</summary>
        public int device_index => device.index;

        /// <summary>Whether the elements are on a GPU.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>Length of each dimension.</summary>
        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[Dimensions];
                fixed (long* first = sizes)
                {
                    NativeError.ThrowIfFailed(NativeMethods.Shape(Handle, first));
                }

                return sizes;
            }
        }

        /// <summary>The elements as bytes, in the order of rows; the span is good while the tensor lives.</summary>
        /// <exception cref="InvalidOperationException">The elements are not in one piece.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                void* data;
                NativeError.ThrowIfFailed(NativeMethods.Data(Handle, &data));
                return is_contiguous()
                    ? new Span<byte>(data, checked((int)(NumberOfElements * ElementSize)))
                    : throw new InvalidOperationException("The elements are not in one piece; call contiguous() first.");
            }
        }

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>Number of dimensions.</summary>
        public long dim() => Dimensions;

        /// <summary>Number of elements.</summary>
        public long numel() => NumberOfElements;

        /// <summary>Bytes of one element.</summary>
        public long element_size() => ElementSize;

        /// <summary>Length of each dimension.</summary>
        public long[] size() => shape;

        /// <summary>Length of one dimension; negative numbers count from the last.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        public long size(int dim)
        {
            var sizes = shape;
            var index = dim < 0 ? dim + sizes.Length : dim;
            return (uint)index < (uint)sizes.Length
                ? sizes[index]
                : throw new ArgumentOutOfRangeException(nameof(dim), dim, $"The tensor has {sizes.Length} dimensions.");
        }

        /// <summary>Steps in memory from one element to the next in each dimension.</summary>
        public unsafe long[] stride()
        {
            var strides = new long[Dimensions];
            fixed (long* first = strides)
            {
                NativeError.ThrowIfFailed(NativeMethods.Strides(Handle, first));
            }

            return strides;
        }

        /// <summary>Whether the elements have a fraction.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <summary>Whether the elements are whole numbers or truth values.</summary>
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>Whether the elements lie in memory in the order of rows, without gaps.</summary>
        public bool is_contiguous() => NativeError.ThrowIfFailed(NativeMethods.IsContiguous(Handle)) != 0;

        /// <summary>Reads and writes the elements from .NET; the tensor must be on the processor.</summary>
        /// <exception cref="ArgumentException">The elements are of another type.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged => new(this);

        /// <summary>The only element.</summary>
        /// <exception cref="ArgumentException">It is of another type.</exception>
        /// <exception cref="Evenhand.Torch.TorchException">There is more than one element, or none.</exception>
        public T item<T>()
            where T : unmanaged => dtype == TypeOf(typeof(T))
                ? ToNumber<T>()
                : throw new ArgumentException($"The element is of type {dtype}, not {typeof(T).Name}.");

        // The only element, of whatever type, as the number that it is nearest to.
        internal unsafe T ToNumber<T>()
            where T : unmanaged
        {
            long whole;
            double real;
            var kind = NativeError.ThrowIfFailed(NativeMethods.Item(Handle, &whole, &real), nameof(item));
            GC.KeepAlive(this);
            object value = kind == 2 ? real : whole;
            return typeof(T) == typeof(bool)
                ? (T)(object)(kind == 2 ? real != 0 : whole != 0)
                : typeof(T) == typeof(Half)
                    ? (T)(object)(Half)real
                    : (T)Convert.ChangeType(value, typeof(T), System.Globalization.CultureInfo.InvariantCulture);
        }

        /// <summary>Gives the tensor to the scope around its own; without one, nobody disposes of it.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes the tensor out of its scope; nobody disposes of it from here on.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>Releases the native tensor; its memory goes with the last one that shares it.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>The same tensor, or one with equal type, shape and elements.</summary>
        public override bool Equals(object? obj) =>
            ReferenceEquals(this, obj)
            || (obj is Tensor other && dtype == other.dtype && shape.AsSpan().SequenceEqual(other.shape)
                && AreEqual(other));

        /// <summary>A hash of the object, not of its elements, which change.</summary>
        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        /// <summary>Type and shape, such as <c>Float32[3, 4]</c>.</summary>
        public override string ToString() => IsInvalid ? "disposed" : $"{dtype}[{string.Join(", ", shape)}]";

        /// <summary>Releases the native tensor.</summary>
        /// <param name="disposing">Whether it is not the finalizer that calls.</param>
        protected virtual void Dispose(bool disposing)
        {
            var released = Interlocked.Exchange(ref handle, 0);
            if (released == 0)
            {
                return;
            }

            if (disposing)
            {
                DisposeScopeManager.ThreadSingleton.Disposing(this);
            }

            NativeMethods.Release(released);
        }

        // Hands the native tensor over to a new object; this one is as if disposed of.
        internal nint TakeHandle()
        {
            var taken = Handle;
            handle = 0;
            return taken;
        }

        private bool AreEqual(Tensor other) => Operators.Equal.CallNumber(this, other) != 0;
    }

    /// <summary>Opens a scope that disposes of the tensors made in it.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();

    /// <summary>Runs a computation in a scope of its own; only its result lives on.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        ArgumentNullException.ThrowIfNull(expr);
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    /// <summary>Sets the number of threads of operations that this thread calls.</summary>
    public static void set_num_threads(int num) => NativeError.ThrowIfFailed(NativeMethods.SetNumThreads(num));

    /// <summary>Number of threads of operations that this thread calls.</summary>
    public static int get_num_threads() => NativeError.ThrowIfFailed(NativeMethods.GetNumThreads());

    /// <summary>Version of libtorch, such as <c>1.13.1</c>.</summary>
    public static unsafe string __version__ => Marshal.PtrToStringUTF8((nint)NativeMethods.Version())!;
}
