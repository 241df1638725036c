namespace Evenhand.Data.Text;

/// <summary>Characters made from those of a source, each with the range of the source that it stands for. Grows, and is
/// used again for text after text.</summary>
internal sealed class TextBuffer
{
    private char[] _characters = new char[256];
    private TextSpan[] _sources = new TextSpan[256];

    public int Length { get; private set; }

    public ReadOnlySpan<char> Characters => _characters.AsSpan(0, Length);

    /// <summary>For each character, where in the source it comes from.</summary>
    public ReadOnlySpan<TextSpan> Sources => _sources.AsSpan(0, Length);

    public void Clear() => Length = 0;

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
