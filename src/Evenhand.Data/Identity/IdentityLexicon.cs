using System.Globalization;
using System.Text;
using Evenhand.Data.Text;

namespace Evenhand.Data.Identity;

/// <summary>Terms that speak of groups of people, found in texts and swapped between groups. Immutable; safe to use
/// from many threads.</summary>
/// <remarks>
/// <para>A swap between two groups replaces every term of either that has a counterpart in the other. The case of the
/// text is kept: SHE becomes HE, She He, she he. Swapping twice gives the text back where each term stands in one
/// entry.</para>
/// <para>"her" is "his" before a noun and else "him", "his" is "her" before a noun and else "hers"; what follows is
/// taken for a noun unless the lexicon lists it among the words that begin none. "gave her books" is therefore swapped
/// to "gave his books". An article before a term is made to agree: "an American" becomes "a Chinese".</para>
/// </remarks>
public sealed class IdentityLexicon
{
    private readonly TermTrie _trie = new();

    // By term: its text, its group (-1 for exceptions), and by other group the counterpart there, or null.
    private readonly List<string> _terms = [];
    private readonly List<int> _groupOfTerm = [];
    private readonly List<string?[]> _swaps = [];
    private readonly List<string?[]> _swapsBeforeNoun = [];
    private readonly HashSet<string> _notNouns;
    private readonly Articles? _articles;

    internal IdentityLexicon(LexiconDescriptor descriptor, IReadOnlyList<string> groups)
    {
        Groups = groups;
        _notNouns = new HashSet<string>(
            descriptor.NotNouns.Select(ComparableText.Of), StringComparer.OrdinalIgnoreCase);
        _articles = descriptor.Articles is [var consonant, var vowel] ? new Articles(consonant, vowel) : null;
        foreach (var (group, name) in groups.Index())
        {
            foreach (var term in descriptor.Groups[name] ?? [])
            {
                Add(term, group, descriptor);
            }
        }

        foreach (var swap in descriptor.Swaps)
        {
            AddSwap(swap, _swaps, descriptor);
        }

        foreach (var swap in descriptor.SwapsBeforeNoun)
        {
            AddSwap(swap, _swapsBeforeNoun, descriptor);
        }

        foreach (var exception in descriptor.Exceptions)
        {
            Add(exception, -1, descriptor);
        }
    }

    /// <summary>Names of the groups.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>The groups that a text mentions: bit g is set for group g.</summary>
    public ulong Mentions(string? text)
    {
        var groups = 0UL;
        foreach (var match in Find(text))
        {
            groups |= 1UL << _groupOfTerm[match.Term];
        }

        return groups;
    }

    /// <summary>The text with the terms of two groups swapped; null where it holds none that can be.</summary>
    public string? Swap(string? text, int first, int second) => Swap(text, Find(text), first, second);

    /// <summary>Every counterfactual of a text: it has one for each pair of groups between which a term of it can be
    /// swapped, in the order of the pairs.</summary>
    public IReadOnlyList<string> Counterfactuals(string? text)
    {
        var found = Find(text);
        var all = new List<string>();
        for (var first = 0; first < Groups.Count && found.Count > 0; first++)
        {
            for (var second = first + 1; second < Groups.Count; second++)
            {
                if (Swap(text, found, first, second) is { } swapped)
                {
                    all.Add(swapped);
                }
            }
        }

        return all;
    }

    private List<TermMatch> Find(string? text)
    {
        var matches = new List<TermMatch>();
        _trie.Find(text, matches);
        matches.RemoveAll(match => _groupOfTerm[match.Term] < 0);
        return matches;
    }

    private string? Swap(string? text, List<TermMatch> found, int first, int second)
    {
        StringBuilder? swapped = null;
        var copied = 0;
        foreach (var match in found)
        {
            var group = _groupOfTerm[match.Term];
            var other = group == first ? second : group == second ? first : -1;
            if (other < 0 || CounterpartOf(match, other, text) is not { } counterpart)
            {
                continue;
            }

            swapped ??= new StringBuilder(text!.Length + 16);
            var written = text.AsSpan(match.Start, match.Length);
            var article = _articles?.Change(
                text.AsSpan(copied, match.Start - copied), _terms[match.Term], counterpart) ?? default;
            if (article.Length > 0)
            {
                swapped.Append(text, copied, article.Start);
                copied += article.Start;
                LetterCase.Append(swapped, article.Needed, text.AsSpan(copied, article.Length), article.Listed);
                copied += article.Length;
            }

            swapped.Append(text, copied, match.Start - copied);
            LetterCase.Append(swapped, counterpart, written, _terms[match.Term]);
            copied = match.Start + match.Length;
        }

        return swapped?.Append(text, copied, text!.Length - copied).ToString();
    }

    private string? CounterpartOf(TermMatch match, int group, string? text)
    {
        var beforeNoun = _swapsBeforeNoun[match.Term][group];
        return beforeNoun is not null && IsBeforeNoun(text.AsSpan(match.Start + match.Length))
            ? beforeNoun
            : _swaps[match.Term][group] ?? beforeNoun;
    }

    // Blanks, and then a word that is not listed as beginning no noun phrase.
    private bool IsBeforeNoun(ReadOnlySpan<char> rest)
    {
        var word = rest.TrimStart();
        if (word.Length == rest.Length)
        {
            return false;
        }

        var end = 0;
        while (end < word.Length && IsPartOfWord(word[end]))
        {
            end++;
        }

        return end > 0 && !_notNouns.Contains(ComparableText.Of(word[..end].ToString()));
    }

    private static bool IsPartOfWord(char c) =>
        char.IsLetterOrDigit(c) || c is '\'' or '\u2018' or '\u2019'
        || char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    private int Add(string term, int group, LexiconDescriptor descriptor)
    {
        var number = _trie.Add(term, descriptor.CaseSensitive.Contains(term));
        if (number == _terms.Count)
        {
            _terms.Add(term);
            _groupOfTerm.Add(group);
            _swaps.Add(new string?[Groups.Count]);
            _swapsBeforeNoun.Add(new string?[Groups.Count]);
        }

        return number;
    }

    private void AddSwap(
        IReadOnlyDictionary<string, string> swap, List<string?[]> table, LexiconDescriptor descriptor)
    {
        foreach (var (group, name) in Groups.Index())
        {
            if (!swap.TryGetValue(name, out var term))
            {
                continue;
            }

            var counterparts = table[Add(term, group, descriptor)];
            foreach (var (other, otherName) in Groups.Index())
            {
                if (other != group && swap.TryGetValue(otherName, out var counterpart))
                {
                    counterparts[other] ??= counterpart;
                }
            }
        }
    }
}
