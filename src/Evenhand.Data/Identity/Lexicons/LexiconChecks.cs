using Evenhand.Configuration.Yaml;

namespace Evenhand.Data.Identity.Lexicons;

/// <summary>Checks a lexicon beyond its form: terms are terms, belong to one group each, and swaps name
/// groups.</summary>
internal static class LexiconChecks
{
    private static readonly string[] SwapKeys = ["swaps", "swapsBeforeNoun"];

    public static void Check(YamlElement root, YamlProblems problems)
    {
        var groups = root.Find("groups")!.Value;
        string[] names = [.. groups.Entries.Select(group => group.Key)];
        CheckNames(groups, problems);
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in groups.Entries)
        {
            var listed = new HashSet<string>(StringComparer.Ordinal);
            foreach (var term in group.Value.Items)
            {
                CheckTerm(term, group.Key, owners, problems);
                if (!listed.Add(TermTrie.Fold(term.Text)))
                {
                    problems.Add(term, $"term '{term.Text}' is there twice");
                }
            }
        }

        foreach (var swap in SwapKeys.SelectMany(key => root.Find(key)?.Value.Items ?? []))
        {
            foreach (var entry in swap.Entries)
            {
                if (names.Contains(entry.Key))
                {
                    CheckTerm(entry.Value, entry.Key, owners, problems);
                }
                else
                {
                    problems.AddUnknownKey(swap, entry, names);
                }
            }

            if (swap.Entries.Count < 2)
            {
                problems.Add(
                    swap, "a swap needs terms of two groups or more, such as { female: mother, male: father }");
            }
        }

        if (root.Find("articles")?.Value is { Items.Count: not (0 or 2) } articles)
        {
            problems.Add(articles, "articles are two: before a consonant and before a vowel, such as [a, an]");
        }

        foreach (var term in root.Find("caseSensitive")?.Value.Items ?? [])
        {
            if (!owners.ContainsKey(TermTrie.Fold(term.Text)))
            {
                problems.Add(term, $"'{term.Text}' is no term of any group");
            }
        }

        foreach (var exception in root.Find("exceptions")?.Value.Items ?? [])
        {
            CheckTerm(exception, null, owners, problems);
        }
    }

    private static void CheckNames(YamlElement groups, YamlProblems problems)
    {
        if (groups.Entries.Count > LexiconFile.MaximumGroups)
        {
            problems.Add(
                groups, $"at most {LexiconFile.MaximumGroups} groups are allowed, found {groups.Entries.Count}");
        }

        foreach (var group in groups.Entries.Where(
            group => group.Key.Trim().Length == 0
                || group.Key.Contains(IdentityTerms.Separator, StringComparison.Ordinal)))
        {
            problems.Add(
                group.Place, $"a group has a name without '{IdentityTerms.Separator}', found '{group.Key}'");
        }
    }

    // An exception has no group; what is listed before goes before.
    private static void CheckTerm(
        YamlElement term, string? group, Dictionary<string, string> owners, YamlProblems problems)
    {
        if (term.Text.Trim() != term.Text || !term.Text.Any(char.IsLetter))
        {
            problems.Add(term, $"a term holds letters and has no blanks around it, found '{term.Text}'");
            return;
        }

        var folded = TermTrie.Fold(term.Text);
        if (!owners.TryGetValue(folded, out var owner))
        {
            owners.Add(folded, group ?? "");
        }
        else if (owner != (group ?? ""))
        {
            problems.Add(term, group is null
                ? $"'{term.Text}' is a term of '{owner}' and cannot be an exception"
                : $"term '{term.Text}' belongs to '{owner}' already");
        }
    }
}
