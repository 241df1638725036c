namespace Evenhand.Configuration;

/// <summary>A file could not be written as a whole; whatever was there before still is.</summary>
/// <remarks>What is kept in files is not what is measured: a run that meets this stops, and says nothing of the model
/// that could not be kept. The command line turns it into exit code 2.</remarks>
public sealed class FileNotWrittenException : IOException
{
    // ENOSPC, EFBIG and EDQUOT of Linux and macOS, ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows.
    private static readonly int[] FullDisk =
        OperatingSystem.IsWindows() ? [unchecked((int)0x80070027), unchecked((int)0x80070070)]
        : OperatingSystem.IsMacOS() ? [28, 27, 69]
        : [28, 27, 122];

    /// <summary>The error of the file system in words for the user.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What the file system said.</param>
    public FileNotWrittenException(string path, IOException problem)
        : base(
            IsFull(problem)
                ? $"{path} cannot be written: the disk is full. Make room, then go on."
                : $"{path} cannot be written: {problem.Message}",
            problem)
    {
    }

    /// <summary>Whether the file system had no room.</summary>
    public static bool IsFull(IOException problem) => FullDisk.Contains(problem.HResult);
}
