using Evenhand.Tokenization;

namespace Evenhand.Torch.Training;

/// <summary>The tokens of many texts, or pairs of texts, in one array.</summary>
internal sealed class TokenizedTexts
{
    private readonly int[] _ids;
    private readonly byte[] _segments;
    private readonly int[] _starts;

    private TokenizedTexts(int[] ids, byte[] segments, int[] starts)
    {
        _ids = ids;
        _segments = segments;
        _starts = starts;
    }

    public int RowCount => _starts.Length - 1;

    /// <summary>Whether a token is of a segment other than 0.</summary>
    public bool HasSegments => _segments.Length > 0;

    /// <summary>All tokens, row after row.</summary>
    public ReadOnlySpan<int> AllIds => _ids;

    /// <summary>The tokens of encoded texts, those of their ends included.</summary>
    public static TokenizedTexts Of(IReadOnlyList<SubwordToken[]> encoded)
    {
        var starts = new int[encoded.Count + 1];
        for (var row = 0; row < encoded.Count; row++)
        {
            starts[row + 1] = checked(starts[row] + encoded[row].Length);
        }

        var ids = new int[starts[^1]];
        var segments = new byte[ids.Length];
        for (var row = 0; row < encoded.Count; row++)
        {
            for (var i = 0; i < encoded[row].Length; i++)
            {
                ids[starts[row] + i] = encoded[row][i].Id;
                segments[starts[row] + i] = (byte)encoded[row][i].Segment;
            }
        }

        return new TokenizedTexts(ids, segments.AsSpan().ContainsAnyExcept((byte)0) ? segments : [], starts);
    }

    /// <summary>A row's tokens, those of its ends included.</summary>
    public ReadOnlySpan<int> Ids(int row) => _ids.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>The segment of each of a row's tokens; empty where all are 0.</summary>
    public ReadOnlySpan<byte> Segments(int row) =>
        HasSegments ? _segments.AsSpan(_starts[row].._starts[row + 1]) : [];

    /// <summary>Number of a row's tokens.</summary>
    public int Length(int row) => _starts[row + 1] - _starts[row];

    /// <summary>Orders rows by length, then by content; 0 for equal rows only.</summary>
    public int Compare(int row, int other)
    {
        var byLength = Length(row).CompareTo(Length(other));
        if (byLength != 0)
        {
            return byLength;
        }

        var byTokens = Ids(row).SequenceCompareTo(Ids(other));
        return byTokens != 0 ? byTokens : Segments(row).SequenceCompareTo(Segments(other));
    }
}
