using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers on the processor.</summary>
    public class Generator : IDisposable
    {
        private nint handle;

        /// <summary>A generator of its own.</summary>
        /// <param name="seed">Where its sequence starts.</param>
        /// <param name="device">The processor; no other device is served here.</param>
        /// <exception cref="NotSupportedException">The device is not the processor.</exception>
        public unsafe Generator(ulong seed = 0, Device? device = null)
        {
            if (device is not null && device.type != DeviceType.CPU)
            {
                throw new NotSupportedException($"Generators live on the processor, not on {device}.");
            }

            nint made;
            NativeError.ThrowIfFailed(NativeMethods.NewGenerator((long)seed, &made));
            handle = made;
        }

        private Generator(nint handle) => this.handle = handle;

        /// <summary>Releases the native generator.</summary>
        ~Generator() => Dispose(false);

        /// <summary>The one that operations use which are given none.</summary>
        public static unsafe Generator Default
        {
            get
            {
                nint made;
                NativeError.ThrowIfFailed(NativeMethods.DefaultGenerator(&made));
                return new Generator(made);
            }
        }

        /// <summary>The native generator.</summary>
        /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
        public nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Generator));

        /// <summary>The processor.</summary>
        public Device device { get; } = CPU;

        /// <summary>Everything that its next numbers depend on, as bytes.</summary>
        public unsafe Tensor get_state()
        {
            nint state;
            NativeError.ThrowIfFailed(NativeMethods.GeneratorGetState(Handle, &state));
            GC.KeepAlive(this);
            return new Tensor(state);
        }

        /// <summary>Goes on where a state was taken.</summary>
        /// <param name="value">What <see cref="get_state"/> returned.</param>
        public void set_state(Tensor value)
        {
            ArgumentNullException.ThrowIfNull(value);
            NativeError.ThrowIfFailed(NativeMethods.GeneratorSetState(Handle, value.Handle));
            GC.KeepAlive(value);
            GC.KeepAlive(this);
        }

        /// <summary>Starts a sequence anew.</summary>
        public Generator manual_seed(long seed)
        {
            NativeError.ThrowIfFailed(NativeMethods.GeneratorSeed(Handle, seed));
            GC.KeepAlive(this);
            return this;
        }

        /// <summary>The seed with which its sequence started.</summary>
        public unsafe long initial_seed()
        {
            long seed;
            NativeError.ThrowIfFailed(NativeMethods.GeneratorInitialSeed(Handle, &seed));
            GC.KeepAlive(this);
            return seed;
        }

        /// <summary>Releases the native generator.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases the native generator.</summary>
        /// <param name="disposing">Whether it is not the finalizer that calls.</param>
        protected virtual void Dispose(bool disposing) =>
            NativeMethods.ReleaseGenerator(Interlocked.Exchange(ref handle, 0));
    }

    /// <summary>Random numbers of the process.</summary>
    public static class random
    {
        /// <summary>Starts the default generators of all devices anew.</summary>
        /// <returns>The one of the processor.</returns>
        public static Generator manual_seed(long seed)
        {
            NativeError.ThrowIfFailed(NativeMethods.ManualSeed(seed));
            return Generator.Default;
        }

        /// <summary>Everything that the next numbers of the processor's default generator depend on.</summary>
        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        /// <summary>Goes on where a state was taken.</summary>
        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }

    /// <summary>Starts the default generators of all devices anew.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);
}
