using System.Runtime.InteropServices;
using Evenhand.Configuration;

namespace Evenhand.Torch.Runtime;

/// <summary>Deep models were asked for where libtorch cannot be loaded.</summary>
public sealed class TorchMissingException : InputException
{
    internal TorchMissingException()
        : base($"Deep models need libtorch, and the one for {RuntimeInformation.RuntimeIdentifier} is not beside this "
            + "program, or cannot be loaded here. Builds and publications for linux-x64, osx-arm64, win-arm64 and "
            + "win-x64 bring it with them: dotnet publish src/Evenhand.Cli -c Release -r PLATFORM. All other learners "
            + "work without.")
    {
    }
}
