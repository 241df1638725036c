using System.Runtime.InteropServices;

namespace Evenhand.Learning;

/// <summary>Counts the hashed n-grams of one text after another. Not for use by two threads at once.</summary>
internal sealed class NgramCounter
{
    private readonly LogisticRegressionOptions _options;
    private readonly NgramHasher _hasher;
    private readonly List<ulong> _hashes = [];

    public NgramCounter(LogisticRegressionOptions options)
    {
        _options = options;
        _hasher = new NgramHasher(options.WordNgrams, options.ShortestCharacterNgram, options.LongestCharacterNgram);
    }

    /// <summary>Appends the columns of the text, ascending, and their counts; columns whose signs cancel are left
    /// out.</summary>
    public void Count(ReadOnlySpan<char> text, List<int> columns, List<float> values)
    {
        _hashes.Clear();
        _hasher.Hash(text, _hashes);
        var hashes = CollectionsMarshal.AsSpan(_hashes);

        // The upper bits choose the column, so that sorting by hash sorts by column; the lowest bit is the sign.
        hashes.Sort();
        var shift = 64 - _options.HashBits;
        for (var i = 0; i < hashes.Length;)
        {
            var column = hashes[i] >> shift;
            var count = 0;
            for (; i < hashes.Length && hashes[i] >> shift == column; i++)
            {
                count += _options.SignedHashing && (hashes[i] & 1) != 0 ? -1 : 1;
            }

            if (count != 0)
            {
                columns.Add((int)column);
                values.Add(_options.SublinearTermFrequency
                    ? MathF.CopySign(1 + MathF.Log(Math.Abs(count)), count)
                    : count);
            }
        }
    }
}
