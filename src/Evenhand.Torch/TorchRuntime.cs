using System.Runtime.InteropServices;
using TorchSharp;
#if !TORCH_PACKAGE
using TorchSharp.Interop;
#endif

namespace Evenhand.Torch;

/// <summary>What a training loop asks of libtorch beside the models: precision, threads, and what the machine
/// has.</summary>
/// <remarks>The same under both builds. TorchSharp's package knows no mixed precision, so it stays in single
/// precision.</remarks>
internal static class TorchRuntime
{
    /// <summary>Opens mixed precision around a forward pass, on this thread, until it is disposed of.</summary>
    /// <param name="type">What products of matrices are computed in; single precision changes nothing.</param>
    /// <param name="device">Where the model is.</param>
    public static IDisposable Autocast(torch.ScalarType type, torch.Device device) =>
#if TORCH_PACKAGE
        new NothingToEnd();
#else
        type == torch.ScalarType.Float32 ? new NothingToEnd() : new OpenAutocast(type, device.type == DeviceType.CUDA);
#endif

    /// <summary>Native tensors that are alive in the process; 0 under the package, which goes on counting tensors that
    /// became parameters.</summary>
    public static long LiveTensors =>
#if TORCH_PACKAGE
        0;
#else
        NativeMethods.LiveHandles();
#endif

    /// <summary>Fails early, and says what to install, where libtorch is missing.</summary>
    /// <exception cref="TorchMissingException">libtorch or the shim is not there.</exception>
    public static void Require()
    {
#if !TORCH_PACKAGE
        _ = NativeMethods.LiveHandles();
#endif
    }

    /// <summary>Hands the memory of tensors that are disposed of back to the system; until then it is kept for those to
    /// come. Does nothing under the package.</summary>
    public static void ReleaseFreeMemory()
    {
#if !TORCH_PACKAGE
        NativeError.ThrowIfFailed(NativeMethods.TrimMemory(), nameof(ReleaseFreeMemory));
#endif
    }

    private sealed class NothingToEnd : IDisposable
    {
        public void Dispose()
        {
        }
    }

#if !TORCH_PACKAGE
    private sealed class OpenAutocast : IDisposable
    {
        private readonly int onCuda;
        private readonly int type;
        private bool ended;

        public OpenAutocast(torch.ScalarType type, bool onCuda)
        {
            this.onCuda = onCuda ? 1 : 0;
            this.type = (int)type;
            NativeError.ThrowIfFailed(NativeMethods.Autocast(this.onCuda, 1, this.type), nameof(Autocast));
        }

        public void Dispose()
        {
            if (!ended)
            {
                ended = true;
                NativeError.ThrowIfFailed(NativeMethods.Autocast(onCuda, 0, type), nameof(Autocast));
            }
        }
    }
#endif
}
