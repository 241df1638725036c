using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Other types, other devices.
    public partial class Tensor
    {
        /// <summary>The elements as another type; the tensor itself where it is of that type.</summary>
        /// <param name="type">Type of the result.</param>
        /// <param name="copy">Whether a new tensor is made in any case.</param>
        /// <param name="disposeAfter">Whether this tensor is disposed of once the result is there.</param>
        /// <param name="non_blocking">Whether a copy from or to a GPU may still go on when this returns.</param>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(type, device, copy, disposeAfter, non_blocking);

        /// <summary>The elements on another device; the tensor itself where it is there.</summary>
        /// <inheritdoc cref="to(ScalarType, Device, bool, bool, bool)" path="/param"/>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(dtype, device, copy, disposeAfter, non_blocking);

        /// <summary>The elements as another type on another device; the tensor itself where it is both.</summary>
        /// <param name="type">Type of the result.</param>
        /// <param name="device">Where the result is.</param>
        /// <param name="copy">Whether a new tensor is made in any case.</param>
        /// <param name="disposeAfter">Whether this tensor is disposed of once the result is there.</param>
        /// <param name="non_blocking">Whether a copy from or to a GPU may still go on when this returns.</param>
        public Tensor to(
            ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            ArgumentNullException.ThrowIfNull(device);
            if (!copy && type == dtype && IsOn(device))
            {
                return this;
            }

            var converted = Operators.ToDevice.Call(this, device, type, non_blocking, copy);
            if (disposeAfter)
            {
                Dispose();
            }

            return converted;
        }

        /// <summary>The elements with the type and on the device of another tensor.</summary>
        public Tensor to(Tensor other, bool non_blocking = false)
        {
            ArgumentNullException.ThrowIfNull(other);
            return to(other.dtype, other.device, non_blocking: non_blocking);
        }

        /// <summary>The elements as another type; the tensor itself where it is of that type.</summary>
        public Tensor to_type(
            ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(type, copy, disposeAfter, non_blocking);

        /// <summary>The elements with the type of another tensor.</summary>
        public Tensor type_as(Tensor tensor)
        {
            ArgumentNullException.ThrowIfNull(tensor);
            return to(tensor.dtype);
        }

        /// <summary>The elements on the processor.</summary>
        public Tensor cpu() => to(CPU);

        /// <summary>The elements on a GPU; the current one where none is given.</summary>
        public Tensor cuda(Device? device = null, bool non_blocking = false) =>
            to(device ?? CUDA, non_blocking: non_blocking);

        /// <summary>The elements in single precision.</summary>
        public Tensor @float() => to(ScalarType.Float32);

        /// <summary>The elements in double precision.</summary>
        public Tensor @double() => to(ScalarType.Float64);

        /// <summary>The elements as whole numbers of 64 bits.</summary>
        public Tensor @long() => to(ScalarType.Int64);

        /// <summary>The elements as whole numbers of 32 bits.</summary>
        public Tensor @int() => to(ScalarType.Int32);

        /// <summary>Whether each element is not 0.</summary>
        public Tensor @bool() => to(ScalarType.Bool);

        /// <summary>The elements in half precision.</summary>
        public Tensor half() => to(ScalarType.Float16);

        /// <summary>The elements as the upper half of single precision.</summary>
        public Tensor bfloat16() => to(ScalarType.BFloat16);

        /// <summary>Zeros in a shape, with the type and on the device of this tensor.</summary>
        public Tensor new_zeros(
            long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            zeros(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        /// <summary>One number in a shape, with the type and on the device of this tensor.</summary>
        public Tensor new_full(
            long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            full(size, value, dtype ?? this.dtype, device ?? this.device, requires_grad);

        /// <summary>Zeros in the shape of this tensor.</summary>
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.zeros_like(this, dtype, device, requires_grad);

        /// <summary>Ones in the shape of this tensor.</summary>
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.ones_like(this, dtype, device, requires_grad);

        /// <summary>Elements drawn evenly from [0, 1), in the shape of this tensor.</summary>
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.rand_like(this, dtype, device, requires_grad);

        /// <summary>Elements drawn from the standard normal distribution, in the shape of this tensor.</summary>
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.randn_like(this, dtype, device, requires_grad);

        // An index of -1 stands for the current device of its kind.
        private bool IsOn(Device wanted)
        {
            var here = device;
            return here.type == wanted.type && (wanted.index < 0 || here.type == DeviceType.CPU
                || here.index == wanted.index);
        }
    }
}
