using System.Numerics;
using System.Runtime.InteropServices;

namespace Evenhand.Torch.Native;

/// <summary>Memory of tensors on Linux's processors: what ends is kept for what comes.</summary>
/// <remarks>
/// <para>Batches differ in length, so each step asks for blocks of ever other sizes. malloc's heap gets full of holes
/// and grows from epoch to epoch although every tensor is released, or blocks are mapped and given back at every step.
/// Here blocks are kept by powers of two and used again. What is kept is bounded by twice what was in use at once,
/// which blocks for all lengths of batches stay below.</para>
/// <para>libtorch is given a c10::Allocator: an object whose first word points to a table of functions (Itanium C++
/// ABI). The table is that of libtorch's own allocator but for two entries; what cannot be had is left to it, which
/// reports it (<see cref="AllocationEntry"/>). What oneDNN asks for passes here too.</para>
/// </remarks>
internal static unsafe partial class TensorMemory
{
    // The functions of a c10::Allocator of libtorch 2.10: destructor, deleting destructor, allocate,
    // is_simple_data_ptr, raw_deleter, copy_data. In front of them are the offset to the object's start and its type.
    private const int FunctionCount = 6;
    private const int AllocateIndex = 2;
    private const int RawDeleterIndex = 4;
    private const int WordsBefore = 2;

    private const int LeastClass = 16; // Blocks of less than 64 KiB come from malloc.
    private const int ClassCount = 48;
    private const int FromMalloc = -1; // In the place of a class.
    private const int HeaderSize = 64; // In front of each block, the class; as long as libtorch's alignment.
    private const long KeptAnyway = 64 << 20;
    private const int KeptShare = 2;

    private static readonly Lock Gate = new();
    private static readonly Stack<nint>[] Kept = [.. Enumerable.Range(0, ClassCount).Select(_ => new Stack<nint>())];
    private static bool isInstalled;
    private static long live;
    private static long kept;
    private static long most;

    /// <summary>Gives libtorch, which has been loaded, this memory; calling it again changes nothing.</summary>
    public static void Install()
    {
        lock (Gate)
        {
            if (isInstalled)
            {
                return;
            }

            isInstalled = true;
            if (OperatingSystem.IsLinux()
                && RuntimeInformation.ProcessArchitecture == Architecture.X64
                && NativeLibrary.TryLoad("libc10.so", out var c10))
            {
                Install(c10);
            }
        }
    }

    /// <summary>Hands every block that is not in use back to the system.</summary>
    public static void Trim()
    {
        lock (Gate)
        {
            UnmapKept();
            most = live;
        }
    }

    private static void Install(nint c10)
    {
        var own = (delegate* unmanaged<nint**>)NativeLibrary.GetExport(c10, "_ZN3c1022GetDefaultCPUAllocatorEv");
        var set = (delegate* unmanaged<void*, byte, void>)NativeLibrary.GetExport(
            c10, "_ZN3c1015SetCPUAllocatorEPNS_9AllocatorEh");
        var functions = *own();
        if (AllocationEntry.Create(
                (nint)(delegate* unmanaged<DataPointer*, nint, nuint, byte>)&TryAllocate, functions[AllocateIndex])
            is not { } entry)
        {
            return;
        }

        // Never released: tensors may outlive every destructor of the process.
        var table = (nint*)NativeMemory.Alloc(WordsBefore + FunctionCount, (nuint)sizeof(nint));
        new ReadOnlySpan<nint>(functions - WordsBefore, WordsBefore + FunctionCount).CopyTo(
            new Span<nint>(table, WordsBefore + FunctionCount));
        table += WordsBefore;
        table[AllocateIndex] = entry;
        table[RawDeleterIndex] = (nint)(delegate* unmanaged<nint, nint>)&RawDeleter;
        var allocator = (nint**)NativeMemory.AllocZeroed(1, (nuint)sizeof(nint));
        *allocator = table;
        set(allocator, 1);
    }

    // Fills what libtorch expects back, a c10::DataPtr; 0 where there is no memory, or none is asked for.
    [UnmanagedCallersOnly]
    private static byte TryAllocate(DataPointer* result, nint allocator, nuint bytes)
    {
        var block = bytes == 0 ? 0 : bytes < 1 << LeastClass ? FromHeap(bytes) : Take(bytes);
        if (block == 0)
        {
            return 0;
        }

        var data = block + HeaderSize;
        *result = new DataPointer
        {
            Data = data,
            Context = data,
            Deleter = (nint)(delegate* unmanaged<nint, void>)&Release,
            Device = DataPointer.Processor,
        };
        return 1;
    }

    [UnmanagedCallersOnly]
    private static nint RawDeleter(nint allocator) => (nint)(delegate* unmanaged<nint, void>)&Release;

    private static nint FromHeap(nuint bytes)
    {
        if (AllocateAligned(out var block, HeaderSize, HeaderSize + bytes) != 0)
        {
            return 0;
        }

        *(int*)block = FromMalloc;
        return block;
    }

    private static nint Take(nuint bytes)
    {
        var sizeClass = BitOperations.Log2((ulong)bytes - 1) + 1;
        if (sizeClass >= ClassCount)
        {
            return 0;
        }

        lock (Gate)
        {
            if (Kept[sizeClass].TryPop(out var block))
            {
                kept -= 1L << sizeClass;
            }
            else if ((block = Map(sizeClass)) == 0)
            {
                UnmapKept();
                block = Map(sizeClass);
            }

            if (block == 0)
            {
                return FromHeap(bytes);
            }

            *(int*)block = sizeClass;
            live += 1L << sizeClass;
            most = Math.Max(most, live);
            return block;
        }
    }

    [UnmanagedCallersOnly]
    private static void Release(nint data)
    {
        if (data == 0)
        {
            return;
        }

        var block = data - HeaderSize;
        var sizeClass = *(int*)block;
        if (sizeClass == FromMalloc)
        {
            NativeMemory.Free((void*)block);
            return;
        }

        lock (Gate)
        {
            live -= 1L << sizeClass;
            kept += 1L << sizeClass;
            Kept[sizeClass].Push(block);
            if (kept > Math.Max(KeptAnyway, KeptShare * most))
            {
                UnmapKept();
            }
        }
    }

    private static void UnmapKept()
    {
        for (var sizeClass = LeastClass; sizeClass < ClassCount; sizeClass++)
        {
            while (Kept[sizeClass].TryPop(out var block))
            {
                _ = UnmapMemory(block, Length(sizeClass));
            }
        }

        kept = 0;
    }

    private static nint Map(int sizeClass)
    {
        const int ReadAndWrite = 1 | 2; // PROT_READ | PROT_WRITE
        const int PrivateAndAnonymous = 2 | 32; // MAP_PRIVATE | MAP_ANONYMOUS
        var block = MapMemory(0, Length(sizeClass), ReadAndWrite, PrivateAndAnonymous, -1, 0);
        return block == -1 ? 0 : block;
    }

    private static nuint Length(int sizeClass) => HeaderSize + ((nuint)1 << sizeClass);

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static partial nint MapMemory(
        nint address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static partial int UnmapMemory(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "posix_memalign")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int AllocateAligned(out nint block, nuint alignment, nuint length);

    // c10::DataPtr: the bytes, what the deleter is called with, and where they are.
    [StructLayout(LayoutKind.Sequential)]
    private struct DataPointer
    {
        public const int Processor = 0xff00; // Of type CPU (0), the only one (-1).

        public nint Data;
        public nint Deleter;
        public nint Context;
        public int Device;
    }
}
