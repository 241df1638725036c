using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Tokenization.Tests;

/// <summary>Generated texts for tokenizers.</summary>
internal static class SubwordTexts
{
    private static readonly string[] Parts =
    [
        "a", "b", "ab", "ba", "abba", "cab", "A", "\u00E9", "e\u0301", "1", "23", "'", "'s", "'ll", ".", "!?", "-", "#", " ", "  ",
        "\n", "\t", "\u00A0", "\u3000", "\u4E2D", "\u6587", "\uD55C", "\U0001F600", "\U00020000", "\u0130", "\u200D", "\uFFFD",
        "[SEP]", "<s>", "\0",
    ];

    /// <summary>Texts of letters, marks, blanks, signs and Chinese characters; well formed.</summary>
    public static Gen<string> WellFormed { get; } =
        Gen.Elements(Parts).ListOf().Select(parts => string.Concat(parts));

    /// <summary>The same with lone surrogates.</summary>
    public static Gen<string> Any { get; } =
        Gen.Elements([.. Parts, "\uD83D", "\uDE00"]).ListOf().Select(parts => string.Concat(parts));

    /// <summary>Words of few letters, so that they share many pairs.</summary>
    public static Gen<string[]> Words { get; } =
        Gen.Elements('a', 'b', 'c').NonEmptyListOf().Select(w => string.Concat(w.Take(12))).ListOf()
            .Select(w => w.ToArray());
}
