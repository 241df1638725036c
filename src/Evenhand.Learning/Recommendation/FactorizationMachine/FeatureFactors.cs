using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.FactorizationMachine;

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

    private FeatureFactors(
        EntityFeatures columns,
        FactorTable columnFactors,
        double[] columnWeights,
        FactorSide byCode)
    {
        _columns = columns;
        _columnFactors = columnFactors;
        _columnWeights = columnWeights;
        ByCode = byCode;
    }

    /// <summary>Factors and biases by code; 0 for an unknown one.</summary>
    public FactorSide ByCode { get; }

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
        var biases = new float[vocabulary];
        var result = new FeatureFactors(
            features.Columns,
            ofColumns,
            weights[..features.Columns.Count],
            FactorSide.ByCode(byCode, biases));

        // Those without training rows have the features of their columns alone.
        var described = result.Describe(data, side, [.. Enumerable.Range(0, vocabulary)]);
        for (var code = 0; code < vocabulary; code++)
        {
            described.FactorsOf(code).CopyTo(byCode.Padded(code));
            biases[code] = (float)described.BiasOf(code);
        }

        for (var entity = 0; entity < features.Count; entity++)
        {
            var code = features.Codes[entity];
            biases[code] = (float)Collapse(features.Features, entity, factors, weights, byCode.Padded(code));
        }

        return result;
    }

    /// <summary>Whether every product with the other side's factors, and every bias, is finite.</summary>
    public bool IsFiniteWith(FeatureFactors other) =>
        ByCode.Factors.LargestLength() * other.ByCode.Factors.LargestLength() < float.MaxValue
        && _columnFactors.LargestLength() < float.MaxValue
        && Enumerable.Range(0, ByCode.Factors.Rows).All(code => double.IsFinite(ByCode.BiasOf(code)))
        && Array.TrueForAll(_columnWeights, double.IsFinite);

    /// <summary>Factors and biases of entities that were not there in training, from the columns of some
    /// data.</summary>
    /// <param name="data">The data.</param>
    /// <param name="side">Users or items.</param>
    /// <param name="entities">Codes in the vocabulary of the data.</param>
    /// <returns>One row for each of <paramref name="entities"/>.</returns>
    public FactorSide Describe(Dataset data, GroupSide side, int[] entities)
    {
        var features = _columns.Encode(data, side, entities);
        var factors = new FactorTable(entities.Length, _columnFactors.Rank);
        var biases = new float[entities.Length];
        for (var row = 0; row < entities.Length; row++)
        {
            biases[row] = (float)Collapse(features, row, _columnFactors, _columnWeights, factors.Padded(row));
        }

        return FactorSide.ByCode(factors, biases);
    }

    /// <summary>The same with the users, or items, of some data added of whom its columns say something.</summary>
    /// <param name="data">The data.</param>
    /// <param name="side">Users or items.</param>
    /// <param name="vocabulary">Those that are known; takes the others.</param>
    public FeatureFactors Knowing(Dataset data, GroupSide side, ref Vocabulary vocabulary)
    {
        var column = side == GroupSide.User ? data.UserColumn : data.ItemColumn;
        var others = EntityVectors.Others(column, vocabulary);
        var features = _columns.Encode(data, side, others);
        others = [.. others.Where((_, row) => !features.ColumnsOf(row).IsEmpty)];
        if (others.Length == 0)
        {
            return this;
        }

        vocabulary = EntityVectors.Add(vocabulary, column!, others);
        return new FeatureFactors(_columns, _columnFactors, _columnWeights, ByCode.Then(Describe(data, side, others)));
    }

    public static FeatureFactors Read(ModelReader reader, string side, int count, int rank)
    {
        var columns = EntityFeatures.Read(reader, side);
        return new FeatureFactors(
            columns,
            FactorTable.Read(reader, $"{side}ColumnFactors", columns.Count, rank),
            reader.ReadArray<double>($"{side}ColumnWeights", columns.Count),
            FactorSide.Read(reader, side, count, rank));
    }

    public void Write(ModelWriter writer, string side)
    {
        _columns.Write(writer, side);
        _columnFactors.Write(writer, $"{side}ColumnFactors");
        writer.Write<double>($"{side}ColumnWeights", _columnWeights);
        ByCode.Write(writer, side);
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
