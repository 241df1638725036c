namespace Evenhand.Data.Text;

/// <summary>A range of characters of a text.</summary>
/// <param name="Start">Index of its first character.</param>
/// <param name="End">Index after its last.</param>
public readonly record struct TextSpan(int Start, int End)
{
    /// <summary>The range of an original text from which this range of a changed one was made.</summary>
    /// <param name="sources">Where each changed character comes from.</param>
    /// <param name="length">Length of the original text.</param>
    /// <remarks>The mark of a word's edge has no characters, and its range is empty.</remarks>
    public TextSpan In(ReadOnlySpan<TextSpan> sources, int length)
    {
        var first = Start < sources.Length ? sources[Start].Start : length;
        return new TextSpan(first, End > Start ? sources[End - 1].End : first);
    }
}
