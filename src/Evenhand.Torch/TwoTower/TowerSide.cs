using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Torch.TwoTower;

/// <summary>What a model knows of users, or of items: their vectors by code, and the tower that makes vectors of those
/// who were not there in training.</summary>
internal sealed class TowerSide
{
    private readonly TowerInputs _inputs;
    private readonly TowerWeights _weights;
    private readonly float _scale;
    private readonly float _middleBias;

    private TowerSide(TowerInputs inputs, TowerWeights weights, float scale, float middleBias, FactorSide byCode)
    {
        _inputs = inputs;
        _weights = weights;
        _scale = scale;
        _middleBias = middleBias;
        ByCode = byCode;
    }

    /// <summary>Vectors and biases by code. One of whom nothing is known has the mean vector.</summary>
    public FactorSide ByCode { get; }

    /// <summary>Runs a trained tower over all users, or items.</summary>
    /// <param name="entities">Them and their features.</param>
    /// <param name="weights">The tower.</param>
    /// <param name="rank">Width of the vectors.</param>
    /// <param name="scale">Vectors are multiplied by it.</param>
    /// <param name="cancellationToken">Polled now and then.</param>
    public static TowerSide Of(
        TowerEntities entities, TowerWeights weights, int rank, float scale, CancellationToken cancellationToken)
    {
        var biases = new float[entities.Numbers.Length];
        var factors = new float[checked(biases.Length * rank)];
        var sums = new double[rank];
        for (var code = 0; code < biases.Length; code++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var number = entities.Numbers[code];
            biases[code] = weights.Run(
                entities.Features.ColumnsOf(code),
                entities.Features.ValuesOf(code),
                number < 0 ? -1 : entities.Features.ColumnCount + number,
                scale,
                factors.AsSpan(code * rank, rank));
            for (var i = 0; number >= 0 && i < rank; i++)
            {
                sums[i] += factors[(code * rank) + i];
            }
        }

        var mean = Array.ConvertAll(sums, sum => (float)(sum / entities.Count));

        // A shift of all biases ranks no item otherwise; with it 0 is that of an item like any other.
        var middle = (float)entities.Codes.Average(code => biases[code]);
        var lowest = entities.Codes.Min(code => biases[code]);
        for (var code = 0; code < biases.Length; code++)
        {
            var nothing = entities.Numbers[code] < 0 && entities.Features.ColumnsOf(code).IsEmpty;
            if (nothing)
            {
                mean.CopyTo(factors, code * rank);
            }

            biases[code] = (nothing ? lowest : biases[code]) - middle;
        }

        return new TowerSide(
            entities.Inputs,
            weights.WithFirst(entities.Features.ColumnCount),
            scale,
            middle,
            FactorSide.ByCode(rank, factors, biases, mean));
    }

    /// <summary>Vectors and biases of users, or items, that were not there in training.</summary>
    /// <param name="data">Data whose tables tell of them.</param>
    /// <param name="side">Users or items.</param>
    /// <param name="entities">Codes in the vocabulary of the data.</param>
    /// <param name="cancellationToken">Polled now and then.</param>
    /// <returns>One row for each of <paramref name="entities"/>.</returns>
    public FactorSide Describe(Dataset data, GroupSide side, int[] entities, CancellationToken cancellationToken)
    {
        var features = _inputs.Encode(data, side, entities, cancellationToken);
        var rank = ByCode.Rank;
        var factors = new float[checked(entities.Length * rank)];
        var biases = new float[entities.Length];
        for (var row = 0; row < entities.Length; row++)
        {
            var own = factors.AsSpan(row * rank, rank);
            if (features.ColumnsOf(row).IsEmpty)
            {
                ByCode.FactorsOf(Vocabulary.Missing)[..rank].CopyTo(own);
            }
            else
            {
                biases[row] = _weights.Run(features.ColumnsOf(row), features.ValuesOf(row), -1, _scale, own)
                    - _middleBias;
            }
        }

        return FactorSide.ByCode(rank, factors, biases);
    }

    /// <summary>The same with the users, or items, of some data added of whom it says something.</summary>
    /// <param name="data">The data.</param>
    /// <param name="side">Users or items.</param>
    /// <param name="vocabulary">Those that are known; takes the others.</param>
    public TowerSide Knowing(Dataset data, GroupSide side, ref Vocabulary vocabulary)
    {
        var column = side == GroupSide.User ? data.UserColumn : data.ItemColumn;
        var others = EntityVectors.Others(column, vocabulary);
        var features = _inputs.Encode(data, side, others, CancellationToken.None);
        others = [.. others.Where((_, row) => !features.ColumnsOf(row).IsEmpty)];
        if (others.Length == 0)
        {
            return this;
        }

        vocabulary = EntityVectors.Add(vocabulary, column!, others);
        var described = Describe(data, side, others, CancellationToken.None);
        return new TowerSide(_inputs, _weights, _scale, _middleBias, ByCode.Then(described));
    }

    public static TowerSide Read(ModelReader reader, int count, int rank) => new(
        TowerInputs.Read(reader.ReadPart("inputs", out _)),
        TowerWeights.Read(reader.ReadPart("tower", out _)),
        (float)reader.ReadDouble("scale"),
        (float)reader.ReadDouble("middleBias"),
        FactorSide.Read(reader, "vector", count, rank));

    public void Write(ModelWriter writer)
    {
        writer.WritePart("inputs", "inputs", _inputs.Write);
        writer.WritePart("tower", "tower", _weights.Write);
        writer.Write("scale", _scale);
        writer.Write("middleBias", _middleBias);
        ByCode.Write(writer, "vector");
    }
}
