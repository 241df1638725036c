using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch;

/// <summary>What is asked of libtorch beside the models: whether it is there, what the machine has, what is
/// alive.</summary>
internal static class TorchRuntime
{
    /// <summary>Native tensors that this thread has made and that are alive.</summary>
    public static long LiveTensors => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    /// <summary>Makes libtorch ready, or fails early and says what to do; call it before anything of TorchSharp's.</summary>
    /// <exception cref="TorchMissingException">libtorch cannot be loaded.</exception>
    public static void Require()
    {
        if (!TorchLibrary.TryLoad())
        {
            throw new TorchMissingException();
        }

        TensorMemory.Install();
    }

    /// <summary>Hands the memory of tensors that are disposed of back to the system; until then it is kept for those to
    /// come.</summary>
    public static void ReleaseFreeMemory() => TensorMemory.Trim();

    /// <summary>Makes libtorch ready for a training.</summary>
    /// <param name="threads">Number of threads.</param>
    /// <returns>Where networks are trained: the GPU, if libtorch finds one, else the processor.</returns>
    /// <exception cref="TorchMissingException">libtorch cannot be loaded.</exception>
    public static Device Start(int threads)
    {
        Require();
        set_num_threads(threads);
        return cuda.is_available() ? CUDA : CPU;
    }
}
