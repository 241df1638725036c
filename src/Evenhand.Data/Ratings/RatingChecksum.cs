using System.Numerics;
using System.Runtime.InteropServices;

namespace Evenhand.Data.Ratings;

/// <summary>CRC-32C of bytes that come in parts of whole words of four bytes; a last part may end anywhere.</summary>
internal static class RatingChecksum
{
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, uint>(bytes);
        foreach (var word in words)
        {
            checksum = BitOperations.Crc32C(checksum, word);
        }

        foreach (var rest in bytes[(words.Length * sizeof(uint))..])
        {
            checksum = BitOperations.Crc32C(checksum, rest);
        }

        return checksum;
    }
}
