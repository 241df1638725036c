using System.Buffers.Binary;
using System.Globalization;
using Evenhand.Configuration;

namespace Evenhand.Data.Ratings;

/// <summary>The first bytes of a <see cref="RatingFile"/>.</summary>
internal readonly record struct RatingFileHeader(
    int Users, int Items, long Count, uint RatingsChecksum, long NamesLength, uint NamesChecksum)
{
    public const int Length = 64;
    public const int BytesOfRating = 12;
    private const int Version = 1;
    private const int End = 44;

    public long NamesStart => Length + (Count * BytesOfRating);

    private static ReadOnlySpan<byte> Magic => "EVRATING"u8;

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), Users);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), Items);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(20), RatingsChecksum);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), Count);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), NamesLength);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(40), NamesChecksum);
        return bytes;
    }

    /// <param name="path">The file, for messages.</param>
    /// <param name="bytes">Its first bytes; fewer than <see cref="Length"/> where it has no more.</param>
    /// <param name="fileLength">Length of the file.</param>
    public static RatingFileHeader Parse(string path, ReadOnlySpan<byte> bytes, long fileLength)
    {
        if (bytes.Length < Length || !bytes.StartsWith(Magic))
        {
            throw new InputException(path, 0, 0, "not a file of ratings: it does not begin with EVRATING.");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (version != Version)
        {
            throw new InputException(path, 0, 0, string.Create(
                CultureInfo.InvariantCulture,
                $"the ratings have format {version}; this Evenhand reads format {Version}."));
        }

        var header = new RatingFileHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[40..]));
        if (header.Users < 0 || header.Items < 0 || header.NamesLength is < 0 or > int.MaxValue
            || header.Count < 0 || header.Count > fileLength / BytesOfRating
            || header.NamesStart + header.NamesLength != fileLength || bytes[End..Length].ContainsAnyExcept((byte)0))
        {
            throw new InputException(path, 0, 0, string.Create(
                CultureInfo.InvariantCulture,
                $"the ratings are damaged: {header.Count} ratings and {header.NamesLength} bytes of names do not make "
                + $"the {fileLength} bytes of the file; it was cut short or changed."));
        }

        return header;
    }
}
