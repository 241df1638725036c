using System.Numerics;
using System.Runtime.InteropServices;

namespace Evenhand.Learning.Text.Features;

/// <summary>The columns of the features in use: their keys, which are buckets of hashes or whole hashes,
/// ascending.</summary>
internal sealed class FeatureIndex
{
    private readonly ulong[] _keys;
    private readonly int[] _starts;
    private readonly int _shift;

    /// <param name="keys">The keys, ascending.</param>
    /// <param name="bits">How many bits a key has.</param>
    public FeatureIndex(ulong[] keys, int bits)
    {
        // The upper bits of a key, which are as good as random, tell where to look: about one key shares them.
        var upper = Math.Min(bits, 1 + BitOperations.Log2((uint)keys.Length | 1));
        _keys = keys;
        _shift = bits - upper;
        _starts = new int[(1 << upper) + 1];
        foreach (var key in keys)
        {
            _starts[(key >> _shift) + 1]++;
        }

        for (var i = 1; i < _starts.Length; i++)
        {
            _starts[i] += _starts[i - 1];
        }
    }

    /// <summary>Number of columns.</summary>
    public int Count => _keys.Length;

    /// <summary>The column of a key; -1 where it has none.</summary>
    public int ColumnOf(ulong key)
    {
        var place = key >> _shift;
        for (var i = _starts[place]; i < _starts[place + 1]; i++)
        {
            if (_keys[i] == key)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The keys of an index that <see cref="Write"/> wrote.</summary>
    /// <exception cref="ArgumentException">The keys do not ascend within so many bits.</exception>
    public static FeatureIndex Read(ModelReader reader, TextFeatureOptions options)
    {
        var written = reader.ReadArray<int>("columns");
        var keys = options.VocabularySize > 0
            ? MemoryMarshal.Cast<int, ulong>(written).ToArray()
            : Array.ConvertAll(written, column => (ulong)column);
        var bits = BitsOf(options);
        for (var i = 0; i < keys.Length; i++)
        {
            if ((bits < 64 && keys[i] >> bits != 0) || (i > 0 && keys[i] <= keys[i - 1]))
            {
                throw new ArgumentException($"'columns' are no ascending keys of {bits} bits.");
            }
        }

        return new FeatureIndex(keys, bits);
    }

    /// <summary>How many bits the keys have.</summary>
    public static int BitsOf(TextFeatureOptions options) => options.VocabularySize > 0 ? 64 : options.HashBits;

    public void Write(ModelWriter writer, TextFeatureOptions options) => writer.Write<int>(
        "columns",
        options.VocabularySize > 0
            ? MemoryMarshal.Cast<ulong, int>(_keys)
            : Array.ConvertAll(_keys, key => (int)key));
}
