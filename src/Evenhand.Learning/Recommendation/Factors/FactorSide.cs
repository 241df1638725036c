namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>What a model knows of all users, or of all items: factors and biases by code, and the factors of an
/// unknown one.</summary>
internal sealed class FactorSide
{
    private readonly FactorTable _factors;
    private readonly float[] _biases;
    private readonly FactorTable _unknown;

    private FactorSide(FactorTable factors, float[] biases, FactorTable unknown)
    {
        _factors = factors;
        _biases = biases;
        _unknown = unknown;
    }

    /// <summary>Factors by code, without those of an unknown one.</summary>
    public FactorTable Factors => _factors;

    /// <summary>Number of factors.</summary>
    public int Rank => _factors.Rank;

    /// <summary>Factors of a code with their padding; of an unknown one where it is negative.</summary>
    public ReadOnlySpan<float> FactorsOf(int code) => code < 0 ? _unknown.Padded(0) : _factors.Padded(code);

    /// <summary>Bias of a code; 0 where it is negative.</summary>
    public double BiasOf(int code) => code < 0 ? 0 : _biases[code];

    /// <summary>Puts fitted factors in the order of the codes.</summary>
    /// <param name="numbers">The numbers under which codes were fitted.</param>
    /// <param name="factors">Factors by number.</param>
    /// <param name="biases">Biases by number; null where there are none.</param>
    /// <param name="unknownIsMean">Whether an unknown one has the mean of the factors; otherwise its factors are
    /// 0.</param>
    public static FactorSide Of(Renumbering numbers, FactorTable factors, float[]? biases, bool unknownIsMean)
    {
        var unknown = new FactorTable(1, factors.Rank);
        if (unknownIsMean)
        {
            FillMean(factors, unknown[0]);
        }

        var byCode = new FactorTable(numbers.Vocabulary, factors.Rank);
        var biasByCode = new float[numbers.Vocabulary];
        for (var code = 0; code < numbers.Vocabulary; code++)
        {
            var number = numbers[code];
            (number < 0 ? unknown[0] : factors[number]).CopyTo(byCode[code]);
            biasByCode[code] = number < 0 || biases is null ? 0 : biases[number];
        }

        return new FactorSide(byCode, biasByCode, unknown);
    }

    /// <summary>Factors and biases that are in the order of the codes.</summary>
    /// <param name="factors">Factors by code.</param>
    /// <param name="biases">Biases by code.</param>
    /// <param name="unknown">One row: the factors of an unknown one; null where they are 0.</param>
    public static FactorSide ByCode(FactorTable factors, float[] biases, FactorTable? unknown = null) =>
        new(factors, biases, unknown ?? new FactorTable(1, factors.Rank));

    /// <summary>These, and others behind them.</summary>
    public FactorSide Then(FactorSide others)
    {
        var all = new FactorTable(_factors.Rows + others._factors.Rows, Rank);
        for (var code = 0; code < all.Rows; code++)
        {
            var own = code < _factors.Rows ? _factors[code] : others._factors[code - _factors.Rows];
            own.CopyTo(all[code]);
        }

        return new FactorSide(all, [.. _biases, .. others._biases], _unknown);
    }

    public static FactorSide Read(ModelReader reader, string name, int count, int rank) => new(
        FactorTable.Read(reader, $"{name}Factors", count, rank),
        reader.ReadArray<float>($"{name}Biases", count),
        FactorTable.Read(reader, $"{name}UnknownFactors", 1, rank));

    public void Write(ModelWriter writer, string name)
    {
        _factors.Write(writer, $"{name}Factors");
        writer.Write<float>($"{name}Biases", _biases);
        _unknown.Write(writer, $"{name}UnknownFactors");
    }

    private static void FillMean(FactorTable factors, Span<float> mean)
    {
        for (var factor = 0; factor < factors.Rank; factor++)
        {
            var sum = 0.0;
            for (var row = 0; row < factors.Rows; row++)
            {
                sum += factors[row][factor];
            }

            mean[factor] = (float)(sum / factors.Rows);
        }
    }
}
