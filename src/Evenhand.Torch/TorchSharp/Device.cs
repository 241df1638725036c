using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A place for tensors: the processor, or one GPU.</summary>
    public class Device
    {
        /// <summary>A device by its description.</summary>
        /// <param name="description">Such as <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
        /// <exception cref="ArgumentException">There is no such kind, or the index is no number.</exception>
        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            var parts = description.Split(':');
            type = Enum.TryParse<DeviceType>(parts[0], ignoreCase: true, out var kind) && !char.IsDigit(parts[0][0])
                ? kind
                : throw new ArgumentException($"'{description}' is no device; expected cpu, cuda or cuda:INDEX.");
            index = parts.Length switch
            {
                1 => -1,
                2 when int.TryParse(parts[1], out var number) && number >= 0 => number,
                _ => throw new ArgumentException($"'{description}' is no device; expected cpu, cuda or cuda:INDEX."),
            };
        }

        /// <summary>A device by kind and index.</summary>
        /// <param name="deviceType">Its kind.</param>
        /// <param name="index">Which of its kind, from 0; -1 for the current one.</param>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>Kind of the device.</summary>
        public DeviceType type { get; }

        /// <summary>Which of its kind, from 0; -1 for the current one.</summary>
        public int index { get; }

        /// <summary>As libtorch writes it.</summary>
        public override string ToString() =>
            index >= 0 ? $"{type.ToString().ToLowerInvariant()}:{index}" : type.ToString().ToLowerInvariant();

        /// <summary>A device by its description.</summary>
        public static implicit operator Device(string description) => new(description);
    }

    /// <summary>The processor.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>The current GPU.</summary>
    public static Device CUDA { get; } = new(DeviceType.CUDA);

    /// <summary>A device by its description, such as <c>cuda:1</c>.</summary>
    public static Device device(string description) => new(description);

    /// <summary>A device by kind and index.</summary>
    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>GPUs.</summary>
    public static class cuda
    {
        /// <summary>Whether libtorch knows CUDA and finds a GPU.</summary>
        public static bool is_available() => device_count() > 0;

        /// <summary>Number of GPUs that libtorch finds.</summary>
        public static int device_count() => NativeError.ThrowIfFailed(NativeMethods.CudaDevices());
    }
}
