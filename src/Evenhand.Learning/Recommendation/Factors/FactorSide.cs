namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>What a model knows of all users, or of all items: factors and biases by code, and the factors of an
/// unknown one.</summary>
public sealed class FactorSide
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
    internal FactorTable Factors => _factors;

    /// <summary>Number of factors.</summary>
    public int Rank => _factors.Rank;

    /// <summary>Number of users, or of items.</summary>
    public int Count => _factors.Rows;

    /// <summary>Factors of a code; of an unknown one where it is negative.</summary>
    /// <returns><see cref="Rank"/> factors, and zeros up to a multiple of 8, the length that
    /// <see cref="FactorModel.InnerProduct"/> takes. They are valid as long as this object is reachable.</returns>
    public ReadOnlySpan<float> FactorsOf(int code)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(code, Count);
        return code < 0 ? _unknown.Padded(0) : _factors.Padded(code);
    }

    /// <summary>Bias of a code; 0 where it is negative.</summary>
    public double BiasOf(int code) => code < 0 ? 0 : _biases[code];

    /// <summary>Puts fitted factors in the order of the codes.</summary>
    /// <param name="numbers">The numbers under which codes were fitted.</param>
    /// <param name="factors">Factors by number.</param>
    /// <param name="biases">Biases by number; null where there are none.</param>
    /// <param name="unknownIsMean">Whether an unknown one has the mean of the factors; otherwise its factors are
    /// 0.</param>
    internal static FactorSide Of(Renumbering numbers, FactorTable factors, float[]? biases, bool unknownIsMean)
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
    internal static FactorSide ByCode(FactorTable factors, float[] biases, FactorTable? unknown = null) =>
        new(factors, biases, unknown ?? new FactorTable(1, factors.Rank));

    /// <summary>Factors and biases that are in the order of the codes.</summary>
    /// <param name="rank">Number of factors; positive.</param>
    /// <param name="factors">Factor f of code c at <c>c * rank + f</c>; finite. They are copied.</param>
    /// <param name="biases">Biases by code; finite. They are copied.</param>
    /// <param name="unknown">The factors of an unknown one; empty where they are 0.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static FactorSide ByCode(
        int rank, ReadOnlySpan<float> factors, ReadOnlySpan<float> biases, ReadOnlySpan<float> unknown = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rank);
        if (factors.Length != (long)rank * biases.Length || (!unknown.IsEmpty && unknown.Length != rank))
        {
            throw new ArgumentException(
                $"{factors.Length} and {unknown.Length} factors for {biases.Length} biases and rank {rank}.");
        }

        var (table, other) = (new FactorTable(biases.Length, rank), new FactorTable(1, rank));
        for (var code = 0; code < table.Rows; code++)
        {
            factors.Slice(code * rank, rank).CopyTo(table[code]);
        }

        unknown.CopyTo(other[0]);
        return new FactorSide(table, biases.ToArray(), other);
    }

    /// <summary>Euclidean length of the longest factors of a code; NaN where a factor is.</summary>
    /// <remarks>No inner product of a user and an item exceeds the product of both sides' largest lengths, so that it
    /// tells whether all scores are finite.</remarks>
    public double LargestLength() => _factors.LargestLength();

    /// <summary>These, and others behind them.</summary>
    /// <param name="others">Factors and biases of the codes that follow, of the same rank.</param>
    public FactorSide Then(FactorSide others)
    {
        ArgumentNullException.ThrowIfNull(others);
        ArgumentOutOfRangeException.ThrowIfNotEqual(others.Rank, Rank, nameof(others));
        var all = new FactorTable(_factors.Rows + others._factors.Rows, Rank);
        for (var code = 0; code < all.Rows; code++)
        {
            var own = code < _factors.Rows ? _factors[code] : others._factors[code - _factors.Rows];
            own.CopyTo(all[code]);
        }

        return new FactorSide(all, [.. _biases, .. others._biases], _unknown);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The model's state.</param>
    /// <param name="name">Beginning of the names in it.</param>
    /// <param name="count">Number of users, or of items.</param>
    /// <param name="rank">Number of factors.</param>
    public static FactorSide Read(ModelReader reader, string name, int count, int rank)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new FactorSide(
            FactorTable.Read(reader, $"{name}Factors", count, rank),
            reader.ReadArray<float>($"{name}Biases", count),
            FactorTable.Read(reader, $"{name}UnknownFactors", 1, rank));
    }

    /// <summary>Writes factors and biases as a part of a model's state.</summary>
    /// <param name="writer">Takes them.</param>
    /// <param name="name">Beginning of the names under which they are written.</param>
    public void Write(ModelWriter writer, string name)
    {
        ArgumentNullException.ThrowIfNull(writer);
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
