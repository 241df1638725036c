namespace Evenhand.Data.Text;

/// <summary>Characters made from those of a source, each with the range of the source that it stands for. Grows, and is
/// used again for text after text.</summary>
public sealed class TextBuffer
{
    private char[] _characters = new char[256];
    private TextSpan[] _sources = new TextSpan[256];

    /// <summary>Number of characters.</summary>
    public int Length { get; private set; }

    /// <summary>The characters; valid until the buffer changes.</summary>
    public ReadOnlySpan<char> Characters => _characters.AsSpan(0, Length);

    /// <summary>For each character, where in the source it comes from; valid until the buffer changes.</summary>
    public ReadOnlySpan<TextSpan> Sources => _sources.AsSpan(0, Length);

    /// <summary>Removes all characters; the room for them stays.</summary>
    public void Clear() => Length = 0;

    /// <summary>Appends a character.</summary>
    /// <param name="character">The character: one UTF-16 unit.</param>
    /// <param name="source">The range of the source that it stands for.</param>
    public void Add(char character, TextSpan source)
    {
        if (Length == _characters.Length)
        {
            Array.Resize(ref _characters, 2 * Length);
            Array.Resize(ref _sources, 2 * Length);
        }

        _characters[Length] = character;
        _sources[Length++] = source;
    }
}
