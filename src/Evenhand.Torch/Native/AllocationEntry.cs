using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Evenhand.Torch.Native;

/// <summary>The function that libtorch calls for memory: .NET is asked, and where it has none it is the turn of
/// libtorch's own function.</summary>
/// <remarks>libtorch reports a shortage of memory by an exception of C++, which must not pass through functions of
/// .NET. So the call of its own function is made by a few instructions of x86-64, with the arguments as they came
/// (System V ABI: where the result goes in rdi, the allocator in rsi, the bytes in rdx).</remarks>
internal static partial class AllocationEntry
{
    private const int ReadAndWrite = 1 | 2; // PROT_READ | PROT_WRITE
    private const int ReadAndExecute = 1 | 4; // PROT_READ | PROT_EXEC
    private const int PrivateAndAnonymous = 2 | 32; // MAP_PRIVATE | MAP_ANONYMOUS
    private const int AskedAt = 5;
    private const int OtherwiseAt = 28;

    private static ReadOnlySpan<byte> Code =>
    [
        0x57, 0x56, 0x52,                   // push rdi, rsi, rdx: the stack is aligned to 16 bytes by it
        0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, // mov rax, asked
        0xff, 0xd0,                         // call rax
        0x5a, 0x5e, 0x5f,                   // pop rdx, rsi, rdi
        0x84, 0xc0,                         // test al, al
        0x74, 0x04,                         // jz otherwise
        0x48, 0x89, 0xf8,                   // mov rax, rdi
        0xc3,                               // ret
        0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, // otherwise: mov rax, otherwise
        0xff, 0xe0,                         // jmp rax
    ];

    /// <summary>Makes the function.</summary>
    /// <param name="asked">Tells whether it has filled the result.</param>
    /// <param name="otherwise">libtorch's own function.</param>
    /// <returns>The function; null where the system lets no memory be run.</returns>
    public static nint? Create(nint asked, nint otherwise)
    {
        var length = (nuint)Environment.SystemPageSize;
        var page = TensorMemory.MapMemory(0, length, ReadAndWrite, PrivateAndAnonymous, -1, 0);
        if (page == -1)
        {
            return null;
        }

        var code = Code.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(code.AsSpan(AskedAt), asked);
        BinaryPrimitives.WriteInt64LittleEndian(code.AsSpan(OtherwiseAt), otherwise);
        Marshal.Copy(code, 0, page, code.Length);
        if (ProtectMemory(page, length, ReadAndExecute) == 0)
        {
            return page;
        }

        _ = TensorMemory.UnmapMemory(page, length);
        return null;
    }

    [LibraryImport("libc", EntryPoint = "mprotect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int ProtectMemory(nint address, nuint length, int protection);
}
