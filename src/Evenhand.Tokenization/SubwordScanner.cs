using System.Runtime.InteropServices;

namespace Evenhand.Tokenization;

/// <summary>Turns texts into tokens with buffers of its own. Not for use by two threads at once.</summary>
internal abstract class SubwordScanner(AddedTokenMatcher added)
{
    private readonly List<SubwordToken> _first = [];
    private readonly List<SubwordToken> _second = [];

    /// <summary>The tokens of a text; they are valid until the next call.</summary>
    /// <param name="text">The text.</param>
    /// <param name="second">Uses the other of two buffers.</param>
    public ReadOnlySpan<SubwordToken> Scan(ReadOnlySpan<char> text, bool second = false)
    {
        var tokens = second ? _second : _first;
        tokens.Clear();
        var position = 0;
        while (position < text.Length)
        {
            var token = added.Find(text, position, out var start, out var end);
            if (start > position)
            {
                ScanSection(text[position..start], position, tokens);
            }

            if (token is not null)
            {
                tokens.Add(new SubwordToken(token.Id, start, end));
            }

            position = end;
        }

        return CollectionsMarshal.AsSpan(tokens);
    }

    /// <summary>Appends the tokens of a part of a text in which no added token stands.</summary>
    /// <param name="section">The part; not empty.</param>
    /// <param name="offset">Where in the text it begins.</param>
    /// <param name="tokens">Takes the tokens.</param>
    protected abstract void ScanSection(ReadOnlySpan<char> section, int offset, List<SubwordToken> tokens);
}
