using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Evenhand.Data.Reading;

/// <summary>Finds bytes that are not UTF-8, and counts the characters before them.</summary>
internal static class InvalidUtf8
{
    /// <summary>Bytes before the first damaged one, or -1 where the bytes are valid UTF-8.</summary>
    public static int First(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return -1;
        }

        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var used) == OperationStatus.Done)
        {
            at += used;
        }

        return at;
    }

    /// <summary>Number of characters; a damaged byte counts as one.</summary>
    public static long Characters(ReadOnlySpan<byte> bytes)
    {
        long count = 0;
        while (!bytes.IsEmpty)
        {
            Rune.DecodeFromUtf8(bytes, out _, out var used);
            bytes = bytes[used..];
            count++;
        }

        return count;
    }
}
