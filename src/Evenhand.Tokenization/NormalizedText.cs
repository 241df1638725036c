namespace Evenhand.Tokenization;

/// <summary>A normalized text that knows where in the original each of its characters comes from.</summary>
internal sealed class NormalizedText
{
    private char[] _characters = new char[256];
    private int[] _starts = new int[256];
    private int[] _ends = new int[256];

    /// <summary>Number of characters.</summary>
    public int Length { get; private set; }

    /// <summary>The characters.</summary>
    public ReadOnlySpan<char> Characters => _characters.AsSpan(0, Length);

    /// <summary>Where the original of each character begins.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Length);

    /// <summary>Where the original of each character ends, exclusive.</summary>
    public ReadOnlySpan<int> Ends => _ends.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Append(char character, int start, int end)
    {
        if (Length == _characters.Length)
        {
            Array.Resize(ref _characters, 2 * Length);
            Array.Resize(ref _starts, 2 * Length);
            Array.Resize(ref _ends, 2 * Length);
        }

        _characters[Length] = character;
        _starts[Length] = start;
        _ends[Length++] = end;
    }

    public void Append(ReadOnlySpan<char> characters, int start, int end)
    {
        foreach (var c in characters)
        {
            Append(c, start, end);
        }
    }
}
