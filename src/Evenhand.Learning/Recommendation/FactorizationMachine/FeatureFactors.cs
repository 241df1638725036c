using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>What a model knows of users, or of items: their features summed up by code, and what each column's features
/// add for those who were not there in training.</summary>
/// <remarks>
/// With weights w, factors v and features x of one entity, the part of the prediction that depends on the entity alone
/// is its bias <c>sum w x + 1/2 (|q|^2 - sum |v|^2 x^2)</c> with <c>q = sum v x</c> (Rendle 2010, lemma 3.1); with the
/// entity of the other side it interacts through q alone.
/// </remarks>
internal sealed class FeatureFactors
{
    private readonly EntityFeatures _columns;
    private readonly FactorTable _columnFactors;
    private readonly double[] _columnWeights;
    private readonly FactorTable _factors;
    private readonly double[] _biases;

    private FeatureFactors(
        EntityFeatures columns,
        FactorTable columnFactors,
        double[] columnWeights,
        FactorTable factors,
        double[] biases)
    {
        _columns = columns;
        _columnFactors = columnFactors;
        _columnWeights = columnWeights;
        _factors = factors;
        _biases = biases;
    }

    /// <summary>Sums up fitted features.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="side">Users or items.</param>
    /// <param name="features">The features of those in the training rows.</param>
    /// <param name="vocabulary">Number of codes.</param>
    /// <param name="factors">One row for each feature.</param>
    /// <param name="weights">One weight for each feature.</param>
    public static FeatureFactors Of(
        Dataset data, GroupSide side, FeatureSide features, int vocabulary, FactorTable factors, double[] weights)
    {
        var ofColumns = new FactorTable(features.Columns.Count, factors.Rank);
        for (var feature = 0; feature < ofColumns.Rows; feature++)
        {
            factors[feature].CopyTo(ofColumns[feature]);
        }

        var byCode = new FactorTable(vocabulary, factors.Rank);
        var biases = new double[vocabulary];
        var result = new FeatureFactors(
            features.Columns, ofColumns, weights[..features.Columns.Count], byCode, biases);

        // Those without training rows have the features of their columns alone.
        var (described, describedBiases) = result.Describe(data, side, [.. Enumerable.Range(0, vocabulary)]);
        for (var code = 0; code < vocabulary; code++)
        {
            described[code].CopyTo(byCode[code]);
            biases[code] = describedBiases[code];
        }

        for (var entity = 0; entity < features.Count; entity++)
        {
            var code = features.Codes[entity];
            biases[code] = Collapse(features.Features, entity, factors, weights, byCode.Padded(code));
        }

        return result;
    }

    /// <summary>Number of factors.</summary>
    public int Rank => _factors.Rank;

    /// <summary>Factors of a code, with their padding.</summary>
    public ReadOnlySpan<float> FactorsOf(int code) => _factors.Padded(code);

    /// <summary>Bias of a code.</summary>
    public double BiasOf(int code) => _biases[code];

    /// <summary>Whether every product with the other side's factors, and every bias, is finite.</summary>
    public bool IsFiniteWith(FeatureFactors other) =>
        _factors.LargestLength() * other._factors.LargestLength() < float.MaxValue
        && _columnFactors.LargestLength() < float.MaxValue
        && Array.TrueForAll(_biases, double.IsFinite)
        && Array.TrueForAll(_columnWeights, double.IsFinite);

    /// <summary>Factors and biases of entities that were not there in training, from the columns of some data.</summary>
    /// <param name="data">The data.</param>
    /// <param name="side">Users or items.</param>
    /// <param name="entities">Codes in the vocabulary of the data.</param>
    public (FactorTable Factors, double[] Biases) Describe(Dataset data, GroupSide side, int[] entities)
    {
        var features = _columns.Encode(data, side, entities);
        var factors = new FactorTable(entities.Length, _columnFactors.Rank);
        var biases = new double[entities.Length];
        for (var row = 0; row < entities.Length; row++)
        {
            biases[row] = Collapse(features, row, _columnFactors, _columnWeights, factors.Padded(row));
        }

        return (factors, biases);
    }

    public static FeatureFactors Read(ModelReader reader, string side, int count, int rank)
    {
        var columns = EntityFeatures.Read(reader, side);
        return new FeatureFactors(
            columns,
            FactorTable.Read(reader, $"{side}ColumnFactors", columns.Count, rank),
            reader.ReadArray<double>($"{side}ColumnWeights", columns.Count),
            FactorTable.Read(reader, $"{side}Factors", count, rank),
            reader.ReadArray<double>($"{side}Biases", count));
    }

    public void Write(ModelWriter writer, string side)
    {
        _columns.Write(writer, side);
        _columnFactors.Write(writer, $"{side}ColumnFactors");
        writer.Write<double>($"{side}ColumnWeights", _columnWeights);
        _factors.Write(writer, $"{side}Factors");
        writer.Write<double>($"{side}Biases", _biases);
    }

    private static double Collapse(
        SparseMatrix features, int row, FactorTable factors, double[] weights, Span<float> sum)
    {
        sum.Clear();
        var columns = features.ColumnsOf(row);
        var values = features.ValuesOf(row);
        var (bias, squares) = (0.0, 0.0);
        for (var i = 0; i < columns.Length; i++)
        {
            var own = factors.Padded(columns[i]);
            FloatVectors.AddScaled(values[i], own, sum);
            bias += weights[columns[i]] * values[i];
            squares += (double)values[i] * values[i] * FloatVectors.Dot(own, own);
        }

        // Of a single feature the difference would be rounding alone.
        return columns.Length < 2 ? bias : bias + (0.5 * (FloatVectors.Dot(sum, sum) - squares));
    }
}
