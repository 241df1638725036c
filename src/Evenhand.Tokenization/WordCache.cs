using System.Runtime.InteropServices;

namespace Evenhand.Tokenization;

/// <summary>The tokens of words met of late. Its size is fixed; a word takes the place of another with the same
/// slot.</summary>
internal sealed class WordCache
{
    /// <summary>Longest word that is kept, in characters.</summary>
    public const int LongestWord = 24;

    private const int SlotBits = 13;
    private const int MostPieces = 8;

    private readonly ulong[] _hashes = new ulong[1 << SlotBits];
    private readonly byte[] _lengths = new byte[1 << SlotBits];
    private readonly byte[] _counts = new byte[1 << SlotBits];
    private readonly char[] _words = new char[LongestWord << SlotBits];
    private readonly SubwordPiece[] _pieces = new SubwordPiece[MostPieces << SlotBits];

    /// <summary>The hash of a word of 1 to <see cref="LongestWord"/> characters.</summary>
    public static ulong Hash(ReadOnlySpan<char> word)
    {
        const ulong Multiplier = 0x9FB21C651E98DF25UL;
        var bytes = MemoryMarshal.AsBytes(word);
        var hash = (ulong)word.Length * 0x9E3779B97F4A7C15UL;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(bytes)) * Multiplier;
            hash ^= hash >> 32;
            bytes = bytes[sizeof(ulong)..];
        }

        var rest = 0UL;
        for (var i = 0; i < bytes.Length; i++)
        {
            rest |= (ulong)bytes[i] << (8 * i);
        }

        hash = (hash ^ rest) * Multiplier;
        return hash ^ (hash >> 29);
    }

    /// <summary>The tokens of a word, if they are here.</summary>
    public bool TryGet(ReadOnlySpan<char> word, ulong hash, out ReadOnlySpan<SubwordPiece> pieces)
    {
        var slot = (int)(hash >> (64 - SlotBits));
        if (_hashes[slot] != hash || !word.SequenceEqual(_words.AsSpan(slot * LongestWord, _lengths[slot])))
        {
            pieces = default;
            return false;
        }

        pieces = _pieces.AsSpan(slot * MostPieces, _counts[slot]);
        return true;
    }

    /// <summary>Keeps the tokens of a word, unless there are too many.</summary>
    public void Put(ReadOnlySpan<char> word, ulong hash, ReadOnlySpan<SubwordPiece> pieces)
    {
        if (pieces.Length <= MostPieces)
        {
            var slot = (int)(hash >> (64 - SlotBits));
            _hashes[slot] = hash;
            _lengths[slot] = (byte)word.Length;
            _counts[slot] = (byte)pieces.Length;
            word.CopyTo(_words.AsSpan(slot * LongestWord));
            pieces.CopyTo(_pieces.AsSpan(slot * MostPieces));
        }
    }
}
