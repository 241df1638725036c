using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.AlternatingLeastSquares;

/// <summary>Factors and biases of users and items that were fitted to ratings.</summary>
public sealed class AlternatingLeastSquaresModel : FactorModel, IFoldIn
{
    internal const string Name = "als";

    private readonly AlternatingLeastSquaresOptions _options;
    private readonly LabelScale _labels;
    private readonly Lazy<FactorTable> _held;

    internal AlternatingLeastSquaresModel(
        AlternatingLeastSquaresOptions options,
        LabelScale labels,
        Vocabulary users,
        Vocabulary items,
        FactorSide userSide,
        FactorSide itemSide)
        : base(users, items, userSide, itemSide)
    {
        _options = options;
        _labels = labels;
        _held = new Lazy<FactorTable>(ItemsWithBiases);
    }

    /// <inheritdoc/>
    public bool NeedsLabels => true;

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <inheritdoc/>
    public override double RatingScale => _labels.Deviation;

    private double Origin => _options.Biases ? _labels.Mean : 0;

    /// <summary>Predicts ratings.</summary>
    /// <remarks>An unknown user or item has neither bias nor factors: the rest of the sum is predicted. In a model
    /// without biases it has the mean factors of the known ones.</remarks>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        new RatingPredictions(PredictRows(
            data,
            _options.ClipToLabelRange ? (user, item) => _labels.Clip(Rating(user, item)) : Rating,
            cancellationToken));

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
            values[i] = (float)((labels[i] - Origin) / _labels.Deviation);
        }

        var user = new float[held.Stride];
        AlternatingHalfStep.Solve(
            new NormalEquations(held.Stride), user, held, items, weights, values, _options, CancellationToken.None);
        Score(user, scores);
    }

    internal static AlternatingLeastSquaresModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<AlternatingLeastSquaresOptions>();
        var users = reader.ReadVocabulary("users");
        var items = reader.ReadVocabulary("items");
        return new AlternatingLeastSquaresModel(
            options,
            LabelScale.Read(reader),
            users,
            items,
            FactorSide.Read(reader, "user", users.Count, options.ApproximationRank),
            FactorSide.Read(reader, "item", items.Count, options.ApproximationRank));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        _labels.Write(writer);
        UserSide.Write(writer, "user");
        ItemSide.Write(writer, "item");
    }

    private double Rating(int user, int item) =>
        Origin + (_labels.Deviation * (UserSide.BiasOf(user) + Score(user, item)));

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
