using System.Buffers;

namespace Evenhand.Tokenization;

/// <summary>Finds added tokens in a text: the leftmost, and of those that begin there the longest. Immutable.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly AddedToken[] _tokens;
    private readonly SearchValues<string>? _any;

    public AddedTokenMatcher(IEnumerable<AddedToken> tokens)
    {
        _tokens = [.. tokens.Where(t => t.Content.Length > 0).OrderByDescending(t => t.Content.Length)];
        _any = _tokens.Length == 0
            ? null
            : SearchValues.Create([.. _tokens.Select(t => t.Content)], StringComparison.Ordinal);
    }

    public bool IsEmpty => _any is null;

    /// <summary>The first token at or after a place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">Where to begin; no token reaches to before it.</param>
    /// <param name="start">Where the token begins, with the blanks that it takes in.</param>
    /// <param name="end">Where it ends, exclusive.</param>
    /// <returns>The token; null where there is none.</returns>
    public AddedToken? Find(ReadOnlySpan<char> text, int position, out int start, out int end)
    {
        for (start = position; _any is not null && start < text.Length; start++)
        {
            var next = text[start..].IndexOfAny(_any);
            if (next < 0)
            {
                break;
            }

            start += next;
            foreach (var token in _tokens)
            {
                if (!text[start..].StartsWith(token.Content, StringComparison.Ordinal))
                {
                    continue;
                }

                end = start + token.Content.Length;
                if (token.SingleWord && !StandsAlone(text, start, end))
                {
                    break;
                }

                while (token.LeftStrip && start > position && char.IsWhiteSpace(text[start - 1]))
                {
                    start--;
                }

                while (token.RightStrip && end < text.Length && char.IsWhiteSpace(text[end]))
                {
                    end++;
                }

                return token;
            }
        }

        (start, end) = (text.Length, text.Length);
        return null;
    }

    private static bool StandsAlone(ReadOnlySpan<char> text, int start, int end) =>
        (start == 0 || !IsPartOfWord(text[start - 1])) && (end == text.Length || !IsPartOfWord(text[end]));

    private static bool IsPartOfWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
