using System.Runtime.InteropServices;
using Evenhand.Torch.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Runtime;

/// <summary>What is asked of libtorch beside the models: whether it is there, what the machine has, what is
/// alive.</summary>
internal static class TorchRuntime
{
    /// <summary>Native tensors that this thread has made and that are alive.</summary>
    public static long LiveTensors => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    /// <summary>Makes libtorch ready, or fails early and says what to do; call it before anything of
    /// TorchSharp's.</summary>
    /// <exception cref="TorchMissingException">libtorch cannot be loaded.</exception>
    public static void Require()
    {
        if (!TorchLibrary.TryLoad())
        {
            throw new TorchMissingException();
        }

        TensorMemory.Install();
    }

    /// <summary>What an error of libtorch is to a fit: its first line, without the frames of C++ below it.</summary>
    /// <param name="error">The error.</param>
    /// <param name="advice">What takes less memory.</param>
    public static Exception Explain(ExternalException error, string advice)
    {
        var line = error.Message.Split('\n', 2)[0];
        return line.Contains("can't allocate memory", StringComparison.Ordinal)
            ? new InsufficientMemoryException($"The training needs more memory than there is. {advice} ({line})", error)
            : new InvalidOperationException($"libtorch: {line}", error);
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
