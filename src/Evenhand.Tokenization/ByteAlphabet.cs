namespace Evenhand.Tokenization;

/// <summary>The letters that stand for the 256 bytes in the vocabularies of byte-level tokenizers.</summary>
/// <remarks>Radford et al. 2019 (GPT-2): bytes that are visible in Latin-1 stand for themselves; the others, ascending,
/// are U+0100, U+0101, ... A blank is <c>Ġ</c>.</remarks>
internal static class ByteAlphabet
{
    private static readonly char[] Letters = CreateLetters();
    private static readonly short[] Bytes = CreateBytes();

    /// <summary>The letter of each byte.</summary>
    public static ReadOnlySpan<char> Of => Letters;

    /// <summary>The letters of some bytes.</summary>
    public static string Spell(ReadOnlySpan<byte> bytes)
    {
        Span<char> letters = bytes.Length <= 64 ? stackalloc char[bytes.Length] : new char[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            letters[i] = Letters[bytes[i]];
        }

        return new string(letters);
    }

    /// <summary>Appends the bytes of letters.</summary>
    /// <returns>Whether each was a letter of the alphabet; where not, nothing is appended.</returns>
    public static bool TryRead(ReadOnlySpan<char> letters, List<byte> bytes)
    {
        foreach (var c in letters)
        {
            if (c >= Bytes.Length || Bytes[c] < 0)
            {
                return false;
            }
        }

        foreach (var c in letters)
        {
            bytes.Add((byte)Bytes[c]);
        }

        return true;
    }

    private static char[] CreateLetters()
    {
        var letters = new char[256];
        var next = (char)256;
        for (var b = 0; b < letters.Length; b++)
        {
            letters[b] = b is (>= 0x21 and <= 0x7E) or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF)
                ? (char)b
                : next++;
        }

        return letters;
    }

    private static short[] CreateBytes()
    {
        var bytes = new short[Letters.Max() + 1];
        Array.Fill(bytes, (short)-1);
        for (var b = 0; b < Letters.Length; b++)
        {
            bytes[Letters[b]] = (short)b;
        }

        return bytes;
    }
}
