namespace Evenhand.Cli.Output;

/// <summary>Text of users and of their data as it may be shown: it must not steer the terminal, nor be read in another
/// order than it is written in.</summary>
/// <remarks>Control characters (the escape sequences of terminals begin with one) and those of Unicode's property
/// Bidi_Control (UAX #9; Boucher, Anderson 2023: Trojan Source) give way to U+FFFD, other white space than a blank to a
/// blank.</remarks>
internal static class Printable
{
    private const char Replacement = '\uFFFD';

    /// <summary>A text of one or more lines.</summary>
    public static string Text(string text) => Show(text, lines: true);

    /// <summary>A text in one line: a cell of a table, a line of progress.</summary>
    public static string Line(string text) => Show(text, lines: false);

    private static string Show(string text, bool lines)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (At(text, i, lines) != text[i])
            {
                return string.Create(text.Length, (text, lines), static (target, source) =>
                {
                    for (var i = 0; i < target.Length; i++)
                    {
                        target[i] = At(source.text, i, source.lines);
                    }
                });
            }
        }

        return text;
    }

    private static char At(string text, int i, bool lines) => text[i] switch
    {
        >= ' ' and <= '~' => text[i],
        '\n' when lines => '\n',
        '\r' when lines && i + 1 < text.Length && text[i + 1] == '\n' => '\r',
        '\u2028' or '\u2029' => ' ',
        '\u061C' or '\u200E' or '\u200F' => Replacement,
        (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => Replacement,
        var c when char.IsControl(c) => char.IsWhiteSpace(c) ? ' ' : Replacement,
        var c => c,
    };
}
