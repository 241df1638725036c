using System.Buffers;
using System.Net;
using Evenhand.Data.Text;

namespace Evenhand.Learning.Text.Features;

/// <summary>Takes markup out of texts, and puts one character, a word of its own, for every web or mail address and for
/// every number.</summary>
/// <param name="keepMarkup">Whether tags and entities of HTML stay.</param>
/// <param name="keepAddresses">Whether addresses stay.</param>
/// <param name="keepNumbers">Whether numbers stay.</param>
internal sealed class TextCleaner(bool keepMarkup, bool keepAddresses, bool keepNumbers)
{
    /// <summary>Stands for an address (a character for private use).</summary>
    public const char Address = '\uE000';

    /// <summary>Stands for a number (a character for private use).</summary>
    public const char Number = '\uE001';

    private const int LongestEntity = 32;

    private static readonly SearchValues<char> Starts = SearchValues.Create("<&@:0123456789");

    /// <summary>Whether there may be something to clean.</summary>
    public bool MayChange(ReadOnlySpan<char> text) =>
        !(keepMarkup && keepAddresses && keepNumbers)
        && (text.ContainsAny(Starts) || text.Contains("www.", StringComparison.OrdinalIgnoreCase));

    /// <summary>Appends the cleaned text.</summary>
    public void Clean(ReadOnlySpan<char> text, TextBuffer target)
    {
        for (var at = 0; at < text.Length;)
        {
            var rest = text[at..];
            var length = 0;
            if (!keepMarkup && (length = TagLength(rest)) > 0)
            {
                // A tag parts words, as </p><p> does.
                target.Add(' ', new TextSpan(at, at + length));
            }
            else if (!keepMarkup && (length = EntityLength(rest)) > 0)
            {
                foreach (var character in WebUtility.HtmlDecode(rest[..length].ToString()))
                {
                    target.Add(character, new TextSpan(at, at + length));
                }
            }
            else if (!keepAddresses && StartsWord(text, at) && (length = AddressLength(rest)) > 0)
            {
                target.Add(Address, new TextSpan(at, at + length));
            }
            else if (!keepNumbers && StartsWord(text, at) && (length = NumberLength(rest)) > 0)
            {
                target.Add(Number, new TextSpan(at, at + length));
            }
            else
            {
                target.Add(text[at], new TextSpan(at, at + 1));
                length = 1;
            }

            at += length;
        }
    }

    private static bool StartsWord(ReadOnlySpan<char> text, int at) =>
        at == 0 || !char.IsLetterOrDigit(text[at - 1]) || text[at - 1] >= 0x2E80;

    // <name ...>, </name>, <!-- ... -->; "<3" and "a < b" are none.
    private static int TagLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[0] != '<' || !(char.IsAsciiLetter(text[1]) || text[1] is '/' or '!'))
        {
            return 0;
        }

        var end = text[1..].IndexOfAny('<', '>');
        return end > 0 && text[end + 1] == '>' ? end + 2 : 0;
    }

    private static int EntityLength(ReadOnlySpan<char> text)
    {
        if (text[0] != '&')
        {
            return 0;
        }

        var end = text[..Math.Min(text.Length, LongestEntity)].IndexOf(';');
        return end > 1 && text[1..end].IndexOfAnyExcept(EntityCharacters) < 0 ? end + 1 : 0;
    }

    private static readonly SearchValues<char> EntityCharacters =
        SearchValues.Create("#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static int AddressLength(ReadOnlySpan<char> text)
    {
        var word = 0;
        while (word < text.Length && text[word] is > ' ' and < '\u007f' and not ('<' or '>' or '"'))
        {
            word++;
        }

        var candidate = text[..word].TrimEnd(".,;:!?)'");
        var isWeb = candidate.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || candidate.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || candidate.StartsWith("www.", StringComparison.OrdinalIgnoreCase);
        var sign = candidate.IndexOf('@');
        var isMail = sign > 0 && candidate[sign..].IndexOf('.') > 1 && candidate[^1] != '.';
        return isWeb || isMail ? candidate.Length : 0;
    }

    // 12, 1,200.50, 5.0; a letter after it ends no number: "10am" stays as it is.
    private static int NumberLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length
            && (char.IsAsciiDigit(text[length])
                || (length > 0 && length + 1 < text.Length && text[length] is '.' or ','
                    && char.IsAsciiDigit(text[length + 1]))))
        {
            length++;
        }

        return length < text.Length && char.IsLetter(text[length]) && text[length] < 0x2E80 ? 0 : length;
    }
}
