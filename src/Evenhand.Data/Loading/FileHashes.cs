using System.Security.Cryptography;
using System.Text;
using Evenhand.Configuration;
using Evenhand.Data.Reading;

namespace Evenhand.Data.Loading;

/// <summary>Checksums of files.</summary>
public static class FileHashes
{
    /// <summary>Lower-case hexadecimal SHA-256 of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Polled for every megabyte.</param>
    /// <exception cref="InputException">There is no such file, it is not a plain one, or it cannot be read.</exception>
    public static string OfFile(string path, CancellationToken cancellation)
    {
        using var stream = InputFile.Open(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>One checksum for several files.</summary>
    /// <param name="files">Path and lower-case hexadecimal SHA-256 of each.</param>
    /// <remarks>
    /// One file: its own. More: SHA-256 of the lines <c>checksum, two blanks, path, line feed</c> of all files, sorted
    /// by path (ordinal), which is what <c>sha256sum FILES | sha256sum</c> prints for the paths in that order.
    /// </remarks>
    public static string Combine(IReadOnlyList<(string Path, string Sha256)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count == 1)
        {
            return files[0].Sha256;
        }

        var lines = files.OrderBy(f => f.Path, StringComparer.Ordinal).Select(f => $"{f.Sha256}  {f.Path}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }
}
