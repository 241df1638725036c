using System.Text;

namespace Evenhand.Data.Identity;

/// <summary>Writes one term in the case of another.</summary>
internal static class LetterCase
{
    /// <summary>Appends a term in the case in which the text has the term that it replaces.</summary>
    /// <param name="target">Receives the term.</param>
    /// <param name="term">The term, in the case of the lexicon.</param>
    /// <param name="written">What it replaces, as the text has it.</param>
    /// <param name="listed">What it replaces, as the lexicon has it.</param>
    public static void Append(StringBuilder target, string term, ReadOnlySpan<char> written, string listed)
    {
        if (written.SequenceEqual(listed))
        {
            target.Append(term);
            return;
        }

        var (upper, lower, initials, words) = (0, 0, 0, 0);
        for (var i = 0; i < written.Length; i++)
        {
            upper += char.IsUpper(written[i]) ? 1 : 0;
            lower += char.IsLower(written[i]) ? 1 : 0;
            if (StartsWord(written, i))
            {
                words++;
                initials += char.IsUpper(written[i]) ? 1 : 0;
            }
        }

        for (var i = 0; i < term.Length; i++)
        {
            // All capitals, no capitals, every word with one, or the first word alone.
            target.Append(
                lower == 0 && upper > 1 ? char.ToUpperInvariant(term[i])
                : upper == 0 ? char.ToLowerInvariant(term[i])
                : StartsWord(term, i) && (initials == words || i == 0) ? char.ToUpperInvariant(term[i])
                : term[i]);
        }
    }

    private static bool StartsWord(ReadOnlySpan<char> text, int i) =>
        char.IsLetter(text[i]) && (i == 0 || char.IsWhiteSpace(text[i - 1]));
}
