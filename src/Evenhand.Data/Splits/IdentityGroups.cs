using System.Numerics;
using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Evenhand.Data.Identity;
using Evenhand.Data.Identity.Lexicons;

namespace Evenhand.Data.Splits;

/// <summary>Makes group attributes of what texts mention.</summary>
public static class IdentityGroups
{
    /// <summary>The same parts with an attribute of the groups that each row's text mentions; its codes mean the same
    /// in all of them, and are known from the part on in which they first occur.</summary>
    /// <param name="split">Parts with a text column.</param>
    /// <param name="name">Name of the attribute.</param>
    /// <param name="lexicon">The terms.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="InputException">There is no text column, or a group of that name already.</exception>
    public static DataSplit AddTo(
        DataSplit split, string name, IdentityLexicon lexicon, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(lexicon);
        Dataset[] parts = [split.Train, split.Validation, split.Test];
        if (split.Train.FindGroup(name) is not null)
        {
            throw new InputException($"The data set '{split.Train.Name}' has a group '{name}' already.");
        }

        var mentions = Array.ConvertAll(parts, part => Mentions(part, lexicon, cancellationToken));

        ulong[] known = [];
        var extended = parts.Zip(mentions, (part, own) =>
        {
            known = Extend(known, own);
            return part.WithGroups([.. part.Groups, Attribute(name, lexicon, own, known)]);
        }).ToArray();
        return new DataSplit(extended[0], extended[1], extended[2]);
    }

    /// <summary>An attribute of the groups that each text of a column mentions.</summary>
    /// <param name="name">Name of the attribute.</param>
    /// <param name="lexicon">The terms.</param>
    /// <param name="texts">One text a row; null mentions none.</param>
    public static GroupAttribute Of(string name, IdentityLexicon lexicon, IEnumerable<string?> texts)
    {
        ArgumentNullException.ThrowIfNull(lexicon);
        ArgumentNullException.ThrowIfNull(texts);
        ulong[] mentions = [.. texts.Select(lexicon.Mentions)];
        return Attribute(
            name,
            lexicon,
            mentions,
            Extend([], mentions));
    }

    /// <summary>The same data with its attributes of identity terms found anew, for texts that were changed. Codes that
    /// were known keep their meaning.</summary>
    public static Dataset Refresh(Dataset data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.WithGroups([.. data.Groups.Select(group =>
        {
            if (group.Terms is not { } terms)
            {
                return group;
            }

            var mentions = Mentions(data, terms.Lexicon, cancellationToken);
            ulong[] before = [.. terms.GroupsOfCode.Select(SetOf)];
            return Attribute(
                group.Name,
                terms.Lexicon,
                mentions,
                Extend(before, mentions));
        })]);
    }

    // Fewest groups first, then in the order of the lexicon: it does not depend on the order of the rows.
    private static ulong[] Extend(ulong[] known, ulong[] mentions) =>
    [
        .. known,
        .. mentions.Distinct().Where(set => set != 0).Except(known)
            .OrderBy(BitOperations.PopCount).ThenBy(set => set),
    ];

    private static ulong[] Mentions(Dataset data, IdentityLexicon lexicon, CancellationToken cancellationToken)
    {
        var texts = data.Text ?? throw new InputException(
            $"Identity terms are looked for in texts, and the data set '{data.Name}' has no text column.");
        var mentions = new ulong[texts.Length];
        for (var row = 0; row < mentions.Length; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            mentions[row] = lexicon.Mentions(texts.Values[row]);
        }

        return mentions;
    }

    private static GroupAttribute Attribute(string name, IdentityLexicon lexicon, ulong[] mentions, ulong[] known)
    {
        var codeOf = known.Index().ToDictionary(set => set.Item, set => set.Index);
        int[][] groups = Array.ConvertAll(known, GroupsOf);
        var vocabulary = new Vocabulary(
            groups.Select(own => string.Join(IdentityTerms.Separator, own.Select(group => lexicon.Groups[group]))));
        int[] codes = Array.ConvertAll(mentions, set => set == 0 ? Vocabulary.Missing : codeOf[set]);
        return new GroupAttribute(
            name, GroupSide.Row, new CategoricalColumn(name, codes, vocabulary, ColumnRoles.Group))
        {
            Terms = new IdentityTerms(lexicon, groups),
        };
    }

    private static int[] GroupsOf(ulong set) =>
        [.. Enumerable.Range(0, LexiconFile.MaximumGroups).Where(group => (set >> group & 1) != 0)];

    private static ulong SetOf(int[] groups) => groups.Aggregate(0UL, (set, group) => set | (1UL << group));
}
