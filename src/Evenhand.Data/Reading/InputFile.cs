using System.Runtime.InteropServices;
using System.Text;
using Evenhand.Configuration;

namespace Evenhand.Data.Reading;

/// <summary>Opens the files that a user names: plain files, and nothing that waits or never ends.</summary>
public static partial class InputFile
{
    // <linux/stat.h>: struct statx is the same on every processor, other than struct stat.
    private const int StatxSize = 256;
    private const int ModeOffset = 28;
    private const int CurrentFolder = -100;
    private const uint AskForType = 1;
    private const int TypeMask = 0xF000;
    private const int PlainType = 0x8000;

    private const int BufferSize = 1 << 16;

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">There is no such file; it is a folder, a pipe or a device; it cannot be
    /// read.</exception>
    public static FileStream Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        RequirePlain(path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException(path, 0, 0, "the file does not exist.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, 0, 0, $"the file cannot be read: {error.Message}");
        }
    }

    /// <summary>Reads a whole file as text: UTF-8, or what its byte order mark says.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">As <see cref="Open"/>, or the file is not UTF-8.</exception>
    public static string ReadText(string path)
    {
        using var stream = Open(path);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        content.Position = 0;
        using var reader = new StreamReader(
            content, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
        try
        {
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            var bytes = content.ToArray().AsSpan();
            var at = Math.Max(0, InvalidUtf8.First(bytes));
            var before = bytes[..at];
            var line = before[(before.LastIndexOf((byte)'\n') + 1)..];
            throw new InputException(
                path,
                before.Count((byte)'\n') + 1,
                InvalidUtf8.Characters(line) + 1,
                $"byte 0x{bytes[at]:X2} is not UTF-8; save the file in this encoding.");
        }
    }

    /// <summary>Refuses what is there and is no plain file: reading a pipe may wait for ever, and reading a device may
    /// never end.</summary>
    /// <param name="path">The file, or a path at which there is none.</param>
    /// <exception cref="InputException">It is a folder, a pipe or a device, or no path at all.</exception>
    public static void RequirePlain(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new InputException(path.Replace('\0', '?'), 0, 0, "a path holds no NUL character.");
        }

        if (Directory.Exists(path))
        {
            throw new InputException(path, 0, 0, "this is a folder, not a file.");
        }

        if (OperatingSystem.IsLinux() && TypeOf(path) is { } type && type != PlainType)
        {
            throw new InputException(
                path, 0, 0, "this is a pipe or a device, not a plain file; write its content to a file first.");
        }
    }

    // Null where there is nothing, or where the system is too old to tell.
    private static int? TypeOf(string path)
    {
        Span<byte> status = stackalloc byte[StatxSize];
        try
        {
            return Statx(CurrentFolder, path, 0, AskForType, ref MemoryMarshal.GetReference(status)) == 0
                ? MemoryMarshal.Read<ushort>(status[ModeOffset..]) & TypeMask
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte status);
}
