using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Finds the shim beside this assembly, and prepares the process before libtorch comes into it.</summary>
internal static partial class NativeLibraryLoading
{
    private static readonly Lock Gate = new();
    private static nint loaded;

    /// <summary>Loads the shim, once.</summary>
    /// <exception cref="Evenhand.Torch.TorchMissingException">The shim was not built, or libtorch is not
    /// there.</exception>
    public static nint Resolve(string name, Assembly assembly, DllImportSearchPath? paths)
    {
        if (name != NativeMethods.Library)
        {
            return 0;
        }

        lock (Gate)
        {
            if (loaded == 0)
            {
                PrepareThreads();
                var file = Path.Combine(Path.GetDirectoryName(assembly.Location) ?? AppContext.BaseDirectory,
                    $"lib{name}.so");
                if (!File.Exists(file))
                {
                    throw new Evenhand.Torch.TorchMissingException("it was not built with them");
                }

                try
                {
                    loaded = NativeLibrary.Load(file);
                }
                catch (DllNotFoundException e)
                {
                    throw new Evenhand.Torch.TorchMissingException("libtorch cannot be loaded", e);
                }
            }

            return loaded;
        }
    }

    // OpenMP's threads would otherwise spin between operations and take the cores from everybody else. OpenMP reads the
    // environment of libc when it is loaded, which .NET's own copy of the environment does not reach.
    private static void PrepareThreads()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetEnvironment("OMP_WAIT_POLICY", "PASSIVE", overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
