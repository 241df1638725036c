using System.Text;

namespace Evenhand.Data;

/// <summary>Writes files that are either there as a whole or not at all, whenever the process dies.</summary>
/// <remarks>The content goes into a file beside, named after the target and ending in <see cref="UnfinishedSuffix"/>,
/// is flushed to disk, and is then renamed.</remarks>
public static class WholeFile
{
    /// <summary>End of the name of a file that was not finished.</summary>
    public const string UnfinishedSuffix = ".tmp";

    /// <summary>Makes the folder of a file that is to be written, before the work that is to fill it begins.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">The folder cannot be made, or the path is itself that of a folder.</exception>
    public static void MakeFolderFor(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is null || Directory.Exists(path))
        {
            throw new InputException($"{path} cannot be written: it is a folder.");
        }

        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be written: the folder {folder} cannot be made: {e.Message}", e);
        }
    }

    /// <summary>Writes a file in the place of whatever is there; its folder must exist.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before still is.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var beside = $"{path}.{Guid.NewGuid():N}{UnfinishedSuffix}";
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            if (File.Exists(beside))
            {
                File.Delete(beside);
            }

            throw;
        }
    }

    /// <summary>Writes a text as UTF-8 in the place of whatever is there.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})" path="/exception"/>
    public static void Write(string path, string text) =>
        Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
