using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.AlternatingLeastSquares;

/// <summary>Factors and biases of users and items that were fitted to ratings.</summary>
public sealed class AlternatingLeastSquaresModel : RatingFactorModel, IFoldIn
{
    internal const string Name = "als";

    private readonly AlternatingLeastSquaresOptions _options;
    private readonly Lazy<FactorTable> _held;

    internal AlternatingLeastSquaresModel(AlternatingLeastSquaresOptions options, RatingFactors factors)
        : base(factors, options.Biases ? factors.Labels.Mean : 0, options.ClipToLabelRange)
    {
        _options = options;
        _held = new Lazy<FactorTable>(ItemsWithBiases);
    }

    /// <inheritdoc/>
    public bool NeedsLabels => true;

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <summary>Solves for the factors of a user who gave the given ratings, each of weight 1, against the item
    /// factors, as the last half of the last iteration does for the users of the training data, and scores all items
    /// with them.</summary>
    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> items, ReadOnlySpan<double> labels, Span<double> scores)
    {
        FoldInArguments.Check(items, labels, scores, Items.Count, NeedsLabels);
        var held = _held.Value;
        var weights = new float[items.Length];
        Array.Fill(weights, 1);
        var values = new float[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            values[i] = (float)((labels[i] - Origin) / Labels.Deviation);
        }

        var user = new float[held.Stride];
        AlternatingHalfStep.Solve(
            new NormalEquations(held.Stride), user, held, items, weights, values, _options, CancellationToken.None);
        Score(user, scores);
    }

    internal static AlternatingLeastSquaresModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<AlternatingLeastSquaresOptions>();
        return new AlternatingLeastSquaresModel(options, RatingFactors.Read(reader, options.ApproximationRank));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        WriteFactors(writer);
    }

    private FactorTable ItemsWithBiases()
    {
        var held = new FactorTable(Items.Count, _options.ApproximationRank + (_options.Biases ? 1 : 0));
        for (var item = 0; item < held.Rows; item++)
        {
            ItemSide.Factors[item].CopyTo(held[item]);
            if (_options.Biases)
            {
                held[item][_options.ApproximationRank] = (float)ItemSide.BiasOf(item);
            }
        }

        return held;
    }
}
