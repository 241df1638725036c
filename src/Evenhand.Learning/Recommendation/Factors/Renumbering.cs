using Evenhand.Configuration.Randomness;

namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>Numbers those users (or items) that occur in the training rows from 0, in random order.</summary>
/// <remarks>Codes that do not occur get no number: they cost nothing in the fit and stay unknown to the
/// model.</remarks>
internal sealed class Renumbering
{
    private readonly int[] _numberOfCode;

    private Renumbering(int[] numberOfCode, int count)
    {
        _numberOfCode = numberOfCode;
        Count = count;
    }

    /// <summary>How many codes there are, occurring or not.</summary>
    public int Vocabulary => _numberOfCode.Length;

    /// <summary>How many codes occur.</summary>
    public int Count { get; }

    /// <summary>Number of a code; -1 where it does not occur.</summary>
    public int this[int code] => _numberOfCode[code];

    /// <summary>Values of those codes that occur, by their numbers.</summary>
    /// <param name="values">Value of each code.</param>
    public int[] ByNumber(ReadOnlySpan<int> values)
    {
        var result = new int[Count];
        for (var code = 0; code < _numberOfCode.Length; code++)
        {
            if (_numberOfCode[code] is var number and >= 0)
            {
                result[number] = values[code];
            }
        }

        return result;
    }

    public static Renumbering Of(ReadOnlySpan<int> codes, int vocabulary, SeedTree seeds)
    {
        var numbers = new int[vocabulary];
        Array.Fill(numbers, -1);
        foreach (var code in codes)
        {
            numbers[code] = 0;
        }

        var count = 0;
        foreach (var code in seeds.CreateRandom().NextPermutation(vocabulary))
        {
            if (numbers[code] == 0)
            {
                numbers[code] = count++;
            }
        }

        return new Renumbering(numbers, count);
    }
}
