using System.Text;

namespace Evenhand.Configuration;

/// <summary>Writes files that are either there as a whole or not at all, whenever the process dies.</summary>
/// <remarks>The content goes into a file beside, named after the target and ending in <see cref="UnfinishedSuffix"/>,
/// is flushed to disk, and is then renamed. A link stays a link: the file that it leads to is written. A device such as
/// <c>/dev/null</c> or <c>/dev/stdout</c> is written to; renaming would put a plain file in its place.</remarks>
public static class WholeFile
{
    /// <summary>End of the name of a file that was not finished.</summary>
    public const string UnfinishedSuffix = ".tmp";

    /// <summary>Writes a file in the place of whatever is there, and makes its folder where that is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="FileNotWrittenException">The file cannot be written; what was there before still
    /// is.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder, or its folder cannot be made or written
    /// to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        if (IsDevice(path))
        {
            WriteDevice(path, write);
            return;
        }

        var target = Target(path);
        var beside = $"{target}.{Guid.NewGuid():N}{UnfinishedSuffix}";
        try
        {
            using (var stream = Create(beside, path))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, target, overwrite: true);
        }
        catch (Exception problem)
        {
            if (File.Exists(beside))
            {
                File.Delete(beside);
            }

            if (problem is IOException failure and not FileNotWrittenException)
            {
                throw new FileNotWrittenException(path, failure);
            }

            throw;
        }
    }

    /// <summary>Makes the folder of a file, and says before long work what <see cref="Write(string, Action{Stream})"/>
    /// would say after it.</summary>
    /// <param name="path">The file that is to be written.</param>
    /// <exception cref="UnauthorizedAccessException">It is a folder, or its folder cannot be made.</exception>
    public static void CheckTarget(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _ = Target(path);
    }

    /// <summary>Writes a text as UTF-8 in the place of whatever is there.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})" path="/exception"/>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    // Other programs write to the same device, so it is not locked.
    private static void WriteDevice(string path, Action<Stream> write)
    {
        try
        {
            using var device = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            write(device);
        }
        catch (IOException failure)
        {
            throw new FileNotWrittenException(path, failure);
        }
    }

    // Shared memory lies under /dev and holds plain files.
    private static bool IsDevice(string path)
    {
        var full = Path.GetFullPath(path);
        return full.StartsWith("/dev/", StringComparison.Ordinal)
            && !full.StartsWith("/dev/shm/", StringComparison.Ordinal)
            && File.Exists(full);
    }

    // The file that is to be there in the end; its folder is there from here on.
    private static string Target(string path)
    {
        if (Directory.Exists(path))
        {
            throw new UnauthorizedAccessException($"{path} cannot be written: it is a folder.");
        }

        if (Path.EndsInDirectorySeparator(path))
        {
            throw new UnauthorizedAccessException($"{path} cannot be written: it names a folder, not a file in it.");
        }

        var link = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true) : null;
        var target = link?.FullName ?? path;
        var folder = Path.GetDirectoryName(Path.GetFullPath(target))!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (IOException e) when (FileNotWrittenException.IsFull(e))
        {
            throw new FileNotWrittenException(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnauthorizedAccessException($"{path} cannot be written: the folder {folder} cannot be made.", e);
        }

        return target;
    }

    private static FileStream Create(string beside, string path)
    {
        try
        {
            return new FileStream(beside, FileMode.CreateNew, FileAccess.Write);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or FileNotFoundException)
        {
            throw new UnauthorizedAccessException($"{path} cannot be written: its folder takes no new files.", e);
        }
    }
}
