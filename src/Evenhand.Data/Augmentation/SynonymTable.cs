using System.Text;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Identity;

namespace Evenhand.Data.Augmentation;

/// <summary>Terms with synonyms that may stand in their place. Immutable; safe to use from many threads.</summary>
/// <remarks>Terms are found as identity terms are: whole words in scripts with blanks, the longest where several fit,
/// whatever their case, which the synonym takes over.</remarks>
public sealed class SynonymTable
{
    private readonly TermTrie _trie = new();
    private readonly List<(string Term, IReadOnlyList<string> Synonyms)> _entries = [];

    /// <summary>A table of the given synonyms; of terms that differ in case only, the first counts.</summary>
    /// <param name="synonyms">At least one synonym for each term.</param>
    public SynonymTable(IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> synonyms)
    {
        ArgumentNullException.ThrowIfNull(synonyms);
        foreach (var (term, others) in synonyms)
        {
            if (_trie.Add(term, exact: false) == _entries.Count)
            {
                _entries.Add((term, others));
            }
        }
    }

    /// <summary>The text with terms replaced by synonyms, drawn evenly; null where it holds no term.</summary>
    /// <param name="text">The text.</param>
    /// <param name="rate">Probability with which each term is replaced; one that is drawn is replaced in any
    /// case.</param>
    /// <param name="random">The source of randomness.</param>
    public string? Replace(string? text, double rate, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var found = new List<TermMatch>();
        _trie.Find(text, found);
        if (found.Count == 0)
        {
            return null;
        }

        var certain = random.Next(found.Count);
        var replaced = new StringBuilder(text!.Length + 16);
        var copied = 0;
        for (var i = 0; i < found.Count; i++)
        {
            var (start, length, number) = found[i];
            if (i != certain && random.NextDouble() >= rate)
            {
                continue;
            }

            var (term, synonyms) = _entries[number];
            replaced.Append(text, copied, start - copied);
            LetterCase.Append(replaced, synonyms[random.Next(synonyms.Count)], text.AsSpan(start, length), term);
            copied = start + length;
        }

        return replaced.Append(text, copied, text.Length - copied).ToString();
    }
}
