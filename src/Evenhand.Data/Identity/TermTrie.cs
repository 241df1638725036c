using System.Globalization;
using System.Text;
using Evenhand.Data.Text;

namespace Evenhand.Data.Identity;

/// <summary>Where a term stands in a text.</summary>
/// <param name="Start">First character.</param>
/// <param name="Length">Number of characters.</param>
/// <param name="Term">Number of the term.</param>
internal readonly record struct TermMatch(int Start, int Length, int Term);

/// <summary>Finds terms in texts, in one pass and without a string for any word.</summary>
/// <remarks>
/// <para>Texts and terms are compared as <see cref="ComparableText"/> has them, and case is ignored. A blank within a
/// term stands for any run of blanks. At each place the longest term counts, and the search goes on behind it: terms
/// never overlap.</para>
/// <para>In scripts with blanks a term is made of whole words: no letter or digit may touch its ends. Chinese
/// characters and Japanese syllables, which are written without blanks, need no such end.</para>
/// </remarks>
internal sealed class TermTrie
{
    private const int Root = 0;
    private const int None = -1;

    // Key: node above 16 bits of a character.
    private readonly Dictionary<long, int> _children = [];
    private readonly List<int> _termOfNode = [None];
    private readonly List<string?> _exactForms = [];

    /// <summary>Number of terms.</summary>
    public int Count => _exactForms.Count;

    /// <summary>A text as terms are compared.</summary>
    public static string Fold(string text)
    {
        text = ComparableText.Of(text);
        var folded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i]) || i == 0 || !char.IsWhiteSpace(text[i - 1]))
            {
                folded.Append(Fold(text[i]));
            }
        }

        return folded.ToString();
    }

    /// <summary>Adds a term; gives its number, which is that of an equal one where there is one already.</summary>
    /// <param name="term">The term.</param>
    /// <param name="exact">Whether it is found only as it is written.</param>
    public int Add(string term, bool exact)
    {
        var node = Root;
        foreach (var c in Fold(term))
        {
            var key = ((long)node << 16) | c;
            if (!_children.TryGetValue(key, out node))
            {
                _children.Add(key, node = _termOfNode.Count);
                _termOfNode.Add(None);
            }
        }

        if (_termOfNode[node] == None)
        {
            _termOfNode[node] = Count;
            _exactForms.Add(exact ? ComparableText.Of(term) : null);
        }

        return _termOfNode[node];
    }

    /// <summary>Appends every term of a text, in order.</summary>
    public void Find(ReadOnlySpan<char> text, List<TermMatch> matches)
    {
        if (ComparableText.IsComparable(text))
        {
            FindComparable(text, matches);
            return;
        }

        var comparable = new TextBuffer();
        ComparableText.Write(text, comparable);
        var first = matches.Count;
        FindComparable(comparable.Characters, matches);
        for (var i = first; i < matches.Count; i++)
        {
            var (start, length, term) = matches[i];
            var span = new TextSpan(start, start + length).In(comparable.Sources, text.Length);
            matches[i] = new TermMatch(span.Start, span.End - span.Start, term);
        }
    }

    private void FindComparable(ReadOnlySpan<char> text, List<TermMatch> matches)
    {
        for (var start = 0; start < text.Length;)
        {
            var found = StartsAt(text, start) ? Longest(text, start) : default;
            if (found.Length > 0)
            {
                matches.Add(found);
                start += found.Length;
            }
            else
            {
                start++;
            }
        }
    }

    private TermMatch Longest(ReadOnlySpan<char> text, int start)
    {
        var (node, at, longest) = (Root, start, default(TermMatch));
        while (at < text.Length && _children.TryGetValue(((long)node << 16) | Fold(text[at]), out node))
        {
            at++;
            while (char.IsWhiteSpace(text[at - 1]) && at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            var term = _termOfNode[node];
            if (term != None && EndsAt(text, at)
                && (_exactForms[term] is not { } form || text[start..at].SequenceEqual(form)))
            {
                longest = new TermMatch(start, at - start, term);
            }
        }

        return longest;
    }

    private static char Fold(char c) => char.IsWhiteSpace(c) ? ' ' : char.ToLowerInvariant(c);

    private static bool StartsAt(ReadOnlySpan<char> text, int start) =>
        start == 0 || !IsPartOfWord(text[start - 1]) || !IsPartOfWord(text[start])
        || StandsAlone(text[start - 1]) || StandsAlone(text[start]);

    private static bool EndsAt(ReadOnlySpan<char> text, int end) => end == text.Length || StartsAt(text, end);

    private static bool IsPartOfWord(char c) => char.IsLetterOrDigit(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Unicode blocks: Hiragana and Katakana, CJK extension A, CJK unified, CJK compatibility, half-width Katakana.
    private static bool StandsAlone(char c) => c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u4DBF')
        or (>= '\u4E00' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF66' and <= '\uFF9D');
}
