namespace Evenhand.Data.Identity;

/// <summary>The two forms of an indefinite article, and which of them a term takes: by the letter that it begins with,
/// so that "an hour" and "a unit" are taken for exceptions and left alone.</summary>
/// <param name="beforeConsonant">Such as <c>a</c>.</param>
/// <param name="beforeVowel">Such as <c>an</c>.</param>
internal sealed class Articles(string beforeConsonant, string beforeVowel)
{
    private const string Vowels = "aeiouAEIOU";

    /// <summary>The article before a term, where another is needed before its counterpart.</summary>
    /// <param name="text">The text up to the term.</param>
    /// <param name="term">The term as the text has it.</param>
    /// <param name="counterpart">What takes its place.</param>
    /// <returns>Where the article stands, the article as it is listed, and the one that takes its place; a length of 0
    /// where nothing changes.</returns>
    public (int Start, int Length, string Listed, string Needed) Change(
        ReadOnlySpan<char> text, ReadOnlySpan<char> term, string counterpart)
    {
        var (has, needs) = (Form(term), Form(counterpart));
        var before = text.TrimEnd();
        if (has == needs || before.Length == text.Length || !before.EndsWith(has, StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }

        var start = before.Length - has.Length;
        return start > 0 && !char.IsWhiteSpace(before[start - 1]) && !char.IsPunctuation(before[start - 1])
            ? default
            : (start, has.Length, has, needs);
    }

    private string Form(ReadOnlySpan<char> term) =>
        Vowels.Contains(term[0], StringComparison.Ordinal) ? beforeVowel : beforeConsonant;
}
