using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using Evenhand.Configuration.Randomness;

namespace Evenhand.Fuzz;

/// <summary>Changes files a little, as damage, typing errors and ill will do.</summary>
internal static partial class Mutator
{
    private static readonly string[] Words =
    [
        "", "0", "-1", "1", "2", "0.5", "-0.0", "1e308", "-1e308", "1e-320", "NaN", ".nan", ".inf", "-Infinity",
        "2147483647", "2147483648", "-2147483649", "9223372036854775808", "99999999999999999999999999", "0x10", "1_000",
        "1,5", "007", "true", "no", "null", "~", "[]", "{}", "[[]]", "{a: 1}", "''", "\"", "'", "&a", "*a",
        "!!binary x", "<<", "- -", "? ", ": ", "#", "%", "|", ">", "\t", "\r", "\0", "\u001b[31m", "\u202e", "\u00e9", "e\u0301",
        "\uff11", "\ufeff", "\U0001f600", "../..", "/dev/zero", "/", ".", "*", "\\", "\\ud800", "2020-02-30", "user",
        "item", "gender", "rmse", "search", "log", new string('a', 300), new string('9', 400), new string('[', 3000),
        string.Concat(Enumerable.Repeat("{a: ", 2000)),
    ];

    private static readonly int[] Numbers = [0, 1, -1, 127, 255, 256, 65535, int.MaxValue, int.MinValue, 1 << 28];

    /// <summary>Changes of bytes: turned over, put in, taken out, cut off, numbers at the limits.</summary>
    public static byte[] Bytes(byte[] source, SeededRandom random)
    {
        var bytes = new List<byte>(source);
        for (var changes = Changes(random); changes > 0 && bytes.Count > 0; changes--)
        {
            ChangeBytes(bytes, random);
        }

        return [.. bytes];
    }

    /// <summary>Changes of words and lines, in the words of the file itself and in ones that are hard to
    /// read.</summary>
    public static string Text(string source, SeededRandom random)
    {
        for (var changes = Changes(random); changes > 0; changes--)
        {
            source = random.Next(3) == 0 ? ChangeLines(source, random) : ChangeWords(source, random);
        }

        return source;
    }

    /// <summary>A file of text, changed by words or, one time in five, by bytes.</summary>
    public static void TextFile(string path, SeededRandom random)
    {
        if (random.Next(5) == 0)
        {
            File.WriteAllBytes(path, Bytes(File.ReadAllBytes(path), random));
        }
        else
        {
            File.WriteAllText(path, Text(File.ReadAllText(path), random));
        }
    }

    // Mostly one: after the first mistake little else is read.
    private static int Changes(SeededRandom random) => random.Next(3) < 2 ? 1 : random.Next(2, 5);

    private static void ChangeBytes(List<byte> bytes, SeededRandom random)
    {
        var at = random.Next(bytes.Count);
        var length = Math.Min(bytes.Count - at, random.Next(1, 40));
        switch (random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                var inserted = new byte[length];
                random.NextBytes(inserted);
                bytes.InsertRange(at, inserted);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                break;
            case 5:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                var number = new byte[4];
                BinaryPrimitives.WriteInt32LittleEndian(number, Numbers[random.Next(Numbers.Length)]);
                for (var i = 0; i < 4 && at + i < bytes.Count; i++)
                {
                    bytes[at + i] = number[i];
                }

                break;
        }
    }

    private static string ChangeWords(string text, SeededRandom random)
    {
        var words = Word().Matches(text);
        if (words.Count == 0)
        {
            return Words[random.Next(Words.Length)];
        }

        var word = words[random.Next(words.Count)];
        var other = words[random.Next(words.Count)].Value;
        var put = random.Next(5) switch
        {
            0 => "",
            1 => other,
            2 => word.Value + Words[random.Next(Words.Length)],
            _ => Words[random.Next(Words.Length)],
        };
        return string.Concat(text.AsSpan(0, word.Index), put, text.AsSpan(word.Index + word.Length));
    }

    private static string ChangeLines(string text, SeededRandom random)
    {
        var lines = text.Split('\n').ToList();
        var at = random.Next(lines.Count);
        switch (random.Next(5))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(random.Next(lines.Count), lines[at]);
                break;
            case 2:
                lines[at] = lines[at].TrimStart();
                break;
            case 3:
                lines[at] = "  " + lines[at];
                break;
            default:
                lines[at] = new StringBuilder().Insert(0, lines[at], random.Next(2, 50)).ToString();
                break;
        }

        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"[\p{L}\p{N}_.-]+|[^\p{L}\p{N}_.\-\s]")]
    private static partial Regex Word();
}
