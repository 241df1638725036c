using System.ComponentModel.DataAnnotations;

namespace Evenhand.Data.Identity;

/// <summary>A file of identity terms: which terms speak of which group, and which of them stand for each
/// other.</summary>
public sealed record LexiconDescriptor
{
    /// <summary>What the terms are about; free text.</summary>
    /// <value>none</value>
    public string? Title { get; init; }

    /// <summary>The groups, each with terms that are found and never swapped. Terms of <see cref="Swaps"/> are found
    /// too and need not be repeated.</summary>
    [MinLength(1)]
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Groups { get; init; }

    /// <summary>Terms of two or more groups that stand for each other: <c>{ female: mother, male: father }</c>. A term
    /// of several entries is swapped by the first that has the other group.</summary>
    /// <value>none: nothing can be swapped</value>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Swaps { get; init; } = [];

    /// <summary>The same for a term that stands right before a noun or what belongs to it, which goes before
    /// <see cref="Swaps"/> there: <c>{ female: her, male: his }</c> in "her dress", where "saw her" has
    /// "him".</summary>
    /// <value>none</value>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> SwapsBeforeNoun { get; init; } = [];

    /// <summary>Words that begin no noun phrase, such as "and" and "to": before them, before punctuation and at the end
    /// of a text, a term does not stand before a noun.</summary>
    /// <value>none</value>
    public IReadOnlyList<string> NotNouns { get; init; } = [];

    /// <summary>The indefinite article before a consonant and before a vowel, <c>[a, an]</c>: one that agrees with a
    /// term is made to agree with its counterpart.</summary>
    /// <value>none: articles stay as they are</value>
    public IReadOnlyList<string> Articles { get; init; } = [];

    /// <summary>Terms that are found only as they are written here, because in small letters they are other words:
    /// Polish, polish.</summary>
    /// <value>none</value>
    public IReadOnlyList<string> CaseSensitive { get; init; } = [];

    /// <summary>Words and phrases that hold a term and do not mean it, such as 其他 (other) with 他 (he).</summary>
    /// <value>none</value>
    public IReadOnlyList<string> Exceptions { get; init; } = [];
}
