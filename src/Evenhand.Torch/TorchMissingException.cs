using Evenhand.Data;

namespace Evenhand.Torch;

/// <summary>Deep models were asked for where libtorch, or the shim over it, is missing.</summary>
public sealed class TorchMissingException : InputException
{
    /// <summary>What a user has to do.</summary>
    public const string Advice = "apt-get install libtorch-dev libopenblas0-openmp cmake g++, and build again";

    internal TorchMissingException(string reason, Exception? inner = null)
        : base($"Deep models need libtorch, and {reason}. Install it: {Advice}.", inner)
    {
    }
}
