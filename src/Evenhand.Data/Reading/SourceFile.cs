using System.IO.Compression;
using System.Text;
using Evenhand.Configuration;

namespace Evenhand.Data.Reading;

/// <summary>A file of a table, opened as a stream of UTF-8 bytes: unpacked and transcoded on the way.</summary>
internal sealed class SourceFile : IDisposable
{
    private readonly Stream _stored;
    private readonly ZipArchive? _archive;

    // Without it a compressed file that was cut short reads as if it ended there.
    static SourceFile() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    private SourceFile(string name, Stream stored, ZipArchive? archive, Stream content)
    {
        Name = name;
        _stored = stored;
        _archive = archive;
        Content = content;
    }

    /// <summary>Name for messages: the path, with the member where the file is an archive.</summary>
    public string Name { get; }

    /// <summary>The text, in UTF-8.</summary>
    public Stream Content { get; }

    /// <summary>Bytes of the stored file, packed as it is.</summary>
    public long Length => _stored.Length;

    /// <summary>How many of them are read.</summary>
    public long Position => _stored.Position;

    /// <summary>Whether the file can be mapped into memory as it lies: neither packed nor to be transcoded.</summary>
    public static bool IsPlain(string path) =>
        !path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
        && !path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens a file.</summary>
    /// <param name="path">Path of the file; <c>.gz</c> and <c>.zip</c> are unpacked.</param>
    /// <param name="member">Member of a zip archive, or null for its only one.</param>
    /// <param name="encoding"><c>utf-8</c> or <c>iso-8859-1</c>.</param>
    /// <exception cref="InputException">There is no such file or member, or the archive is damaged.</exception>
    public static SourceFile Open(string path, string? member, string encoding)
    {
        var stored = InputFile.Open(path);
        try
        {
            var latin = encoding == "iso-8859-1";
            if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            {
                var archive = new ZipArchive(stored, ZipArchiveMode.Read);
                var entry = Choose(path, archive, member);
                var name = $"{path}/{entry.FullName}";
                var packed = Math.Min(entry.CompressedLength, stored.Length);
                return new SourceFile(
                    name, stored, archive, Decode(new UnpackedStream(entry.Open(), packed, name), latin));
            }

            if (member is not null)
            {
                throw new InputException(
                    path, 0, 0, $"member '{member}' is asked for, but the file is no zip archive.");
            }

            Stream content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new UnpackedStream(new GZipStream(stored, CompressionMode.Decompress), stored.Length, path)
                : stored;
            return new SourceFile(path, stored, null, Decode(content, latin));
        }
        catch (InvalidDataException error)
        {
            stored.Dispose();
            throw new InputException(path, 0, 0, $"not a readable archive, or one that was cut short: {error.Message}");
        }
        catch
        {
            stored.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Content.Dispose();
        _archive?.Dispose();
        _stored.Dispose();
    }

    private static Stream Decode(Stream stream, bool latin) =>
        latin ? Encoding.CreateTranscodingStream(stream, Encoding.Latin1, Encoding.UTF8) : stream;

    private static ZipArchiveEntry Choose(string path, ZipArchive archive, string? member)
    {
        var entries = archive.Entries
            .Where(e => !e.FullName.EndsWith('/') && !e.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal))
            .ToList();
        var names = entries.ConvertAll(e => e.FullName);
        if (member is not null)
        {
            return entries.Find(e => e.FullName == member)
                ?? throw new InputException(
                    path, 0, 0, $"the archive has no member '{member}'.{NearestName.Hint(member, names)}");
        }

        return entries.Count == 1 ? entries[0] : throw new InputException(
            path,
            0,
            0,
            $"the archive holds {entries.Count} files; name one as its member: {string.Join(", ", names)}.");
    }
}
