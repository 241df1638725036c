using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Evenhand.Data.Text;

/// <summary>What Unicode normalization needs to know of characters. The runtime's own normalization leaves everything
/// as it is where globalization is invariant, as it is here.</summary>
internal static class UnicodeTable
{
    /// <summary>The full compatibility decomposition of a code point; Hangul syllables are not among them.</summary>
    public static FrozenDictionary<int, int[]> Decompositions { get; }

    /// <summary>The canonical decomposition of a code point without nonspacing marks; neither Hangul syllables nor such
    /// marks are among them.</summary>
    public static FrozenDictionary<int, string> Bare { get; }

    /// <summary>What two code points compose to, by <see cref="Pair"/>.</summary>
    public static FrozenDictionary<long, int> Compositions { get; }

    private static readonly FrozenDictionary<int, byte> CombiningClasses;

    // Whether a UTF-16 unit may change under normalization, or change what is before it.
    private static readonly bool[] Changing = new bool[char.MaxValue + 1];

    static UnicodeTable()
    {
        var decompositions = new Dictionary<int, int[]>();
        var bare = new Dictionary<int, string>();
        var compositions = new Dictionary<long, int>();
        var classes = new Dictionary<int, byte>();
        foreach (var line in Lines())
        {
            var fields = line.Split(' ');
            var first = Hexadecimal(fields[1]);
            switch (fields[0])
            {
                case "D":
                    decompositions.Add(first, Array.ConvertAll(fields[2..], Hexadecimal));
                    break;
                case "A":
                    var letters = fields[2..].Select(field => new Rune(Hexadecimal(field)).ToString());
                    bare.Add(first, string.Concat(letters));
                    break;
                case "P":
                    compositions.Add(Pair(Hexadecimal(fields[2]), Hexadecimal(fields[3])), first);
                    Mark(Hexadecimal(fields[3]));
                    break;
                default:
                    for (var point = first; point <= Hexadecimal(fields[2]); point++)
                    {
                        classes.Add(point, byte.Parse(fields[3], CultureInfo.InvariantCulture));
                        Mark(point);
                    }

                    break;
            }
        }

        foreach (var point in decompositions.Keys)
        {
            Mark(point);
        }

        Array.Fill(Changing, true, 0x1100, 0x100);
        Array.Fill(Changing, true, 0xD800, 0x800);
        Decompositions = decompositions.ToFrozenDictionary();
        Bare = bare.ToFrozenDictionary();
        Compositions = compositions.ToFrozenDictionary();
        CombiningClasses = classes.ToFrozenDictionary();
    }

    /// <summary>Two code points as one key.</summary>
    public static long Pair(int first, int second) => ((long)first << 32) | (uint)second;

    /// <summary>The canonical combining class.</summary>
    public static int CombiningClass(int point) => point < 0x300 ? 0 : CombiningClasses.GetValueOrDefault(point);

    /// <summary>Whether the character must be looked at: it decomposes, combines, or is half of a code
    /// point.</summary>
    public static bool MayChange(char character) => Changing[character];

    private static IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(
            typeof(UnicodeTable).Assembly.GetManifestResourceStream("Evenhand.Data.unicode-table.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }

    private static void Mark(int point)
    {
        if (point <= char.MaxValue)
        {
            Changing[point] = true;
        }
    }

    private static int Hexadecimal(string field) =>
        int.Parse(field, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
