namespace Evenhand.Data.Identity;

/// <summary>What stands behind the codes of a group attribute that was found in texts.</summary>
/// <param name="Lexicon">The terms; its groups are the groups of the attribute.</param>
/// <param name="GroupsOfCode">For each code the groups that a text mentions, as numbers of
/// <see cref="IdentityLexicon.Groups"/>, ascending.</param>
public sealed record IdentityTerms(IdentityLexicon Lexicon, IReadOnlyList<int[]> GroupsOfCode)
{
    /// <summary>Separates the groups of a text that mentions several: <c>female+male</c>.</summary>
    public const string Separator = "+";
}
