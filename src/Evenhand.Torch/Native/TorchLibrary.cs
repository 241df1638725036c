using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.Win32.SafeHandles;
using TorchSharp;

namespace Evenhand.Torch.Native;

/// <summary>Loads libtorch and TorchSharp's native half, and prepares the process for them.</summary>
/// <remarks>
/// <para>The runtime's own search comes first. Where it fails there are two reasons to try again. Hosts that load each
/// assembly by its path, such as kernels of notebooks, do not know where the build has put native libraries. And
/// libLibTorchSharp.so 0.107 asks for GLIBCXX_3.4.32, the libstdc++ of GCC 13, for one symbol, ios_base_library_init: a
/// marker that &lt;iostream&gt; leaves and nothing refers to. An older libstdc++ (Debian 12) refuses the whole file for
/// it, so the same bytes are loaded from memory with that requirement marked as one that may stay unmet.</para>
/// <para>No file is written or changed, and on a newer system nothing of this happens.</para>
/// </remarks>
internal static partial class TorchLibrary
{
    private const string Name = "LibTorchSharp";
    private const string MarkerLibrary = "libstdc++.so.6";
    private const string MarkerVersion = "GLIBCXX_3.4.32";

    // What it needs, in the order of their own needs.
    private static readonly string[] Needed = ["torch_cpu", "torch"];
    private static readonly Lock Gate = new();
    private static nint loaded;

    /// <summary>Loads the libraries.</summary>
    /// <returns>Whether they are there.</returns>
    public static bool TryLoad() => NativeLibrary.TryLoad(Name, typeof(torch).Assembly, null, out _);

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Before the first call of TorchSharp, whoever makes it.")]
    internal static void Prepare()
    {
        if (OperatingSystem.IsLinux())
        {
            PrepareLinux();
        }

        // Raised only after the runtime's own search has failed.
        AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly)!.ResolvingUnmanagedDll += Resolve;
    }

    /// <summary>Loads a library of Linux whatever it asks of libstdc++ without using it.</summary>
    /// <returns>The library, or 0 where it asks for what is used and not there.</returns>
    internal static nint LoadWithoutMarker(string path)
    {
        var image = File.ReadAllBytes(path);
        return new SymbolVersions(image).TryMakeOptional(MarkerLibrary, MarkerVersion) ? LoadFromMemory(image) : 0;
    }

    // Libraries read the environment of libc as they are loaded, which .NET's own copy of it does not reach.
    private static unsafe void PrepareLinux()
    {
        // Threads of OpenMP would spin between operations and take the cores from everybody else.
        _ = SetEnvironment("OMP_WAIT_POLICY", "PASSIVE", overwrite: 0);

        // MKL would choose its path by where a tensor happens to lie, and the same seed give other last digits.
        _ = SetEnvironment("MKL_CBWR", "AUTO,STRICT", overwrite: 0);

        // oneDNN asks malloc for its workspace at every product. Blocks of that size would be mapped, filled with zeros
        // page by page, and given back each time.
        if (NativeLibrary.TryLoad("libc.so.6", out var libc)
            && NativeLibrary.TryGetExport(libc, "mallopt", out var address))
        {
            var set = (delegate* unmanaged<int, int, int>)address;
            _ = set(-3, 32 << 20); // M_MMAP_THRESHOLD, the most that glibc takes
            _ = set(-1, 256 << 20); // M_TRIM_THRESHOLD
            _ = set(-2, 16 << 20); // M_TOP_PAD
        }
    }

    private static nint Resolve(Assembly assembly, string name)
    {
        if (name != Name && !Needed.Contains(name))
        {
            return 0;
        }

        lock (Gate)
        {
            return name == Name && loaded != 0 ? loaded : Load(name);
        }
    }

    private static nint Load(string name)
    {
        if (Find(name) is not { } path)
        {
            return 0;
        }

        if (name == Name)
        {
            foreach (var needed in Needed)
            {
                _ = Load(needed);
            }
        }

        if (!NativeLibrary.TryLoad(path, out var library) && name == Name && OperatingSystem.IsLinux())
        {
            library = LoadWithoutMarker(path);
        }

        if (name == Name && library != 0)
        {
            // Each function would search the folders again.
            NativeLibrary.SetDllImportResolver(
                typeof(torch).Assembly, (asked, _, _) => asked == Name ? library : 0);
            loaded = library;
        }

        return library;
    }

    private static string? Find(string name)
    {
        var file = OperatingSystem.IsWindows() ? $"{name}.dll"
            : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";
        var beside = Path.GetDirectoryName(typeof(torch).Assembly.Location) ?? AppContext.BaseDirectory;
        var listed = (string?)AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") ?? "";
        return listed.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(beside)
            .Append(Path.Combine(beside, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"))
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }

    private static nint LoadFromMemory(byte[] image)
    {
        var descriptor = CreateMemoryFile(Name, 0);
        if (descriptor < 0)
        {
            return 0;
        }

        // The mapping outlives the descriptor.
        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.Write(file, image, 0);
        return NativeLibrary.TryLoad($"/proc/self/fd/{descriptor}", out var library) ? library : 0;
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int CreateMemoryFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
