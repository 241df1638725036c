using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>Factors and biases of users and items.</summary>
public sealed class MatrixFactorizationModel : FactorModel
{
    internal const string Name = "matrix-factorization";

    private readonly MatrixFactorizationOptions _options;
    private readonly LabelScale _labels;

    internal MatrixFactorizationModel(
        MatrixFactorizationOptions options,
        Vocabulary users,
        Vocabulary items,
        LabelScale labels,
        FactorSide userSide,
        FactorSide itemSide)
        : base(users, items, userSide, itemSide)
    {
        _options = options;
        _labels = labels;
    }

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <inheritdoc/>
    public override double RatingScale => IsOneClass ? 1 : _labels.Deviation;

    /// <summary>Whether it predicts scores of choices, not ratings.</summary>
    private bool IsOneClass => _options.LossFunction == MatrixFactorizationLoss.SquareLossOneClass;

    /// <summary>Predicts ratings where it was fitted to ratings, otherwise scores.</summary>
    /// <remarks>
    /// An unknown user or item has neither bias nor factors: the rest of the sum is predicted. In a model without
    /// biases it has the mean factors of the known ones; in a one-class model that holds for users, and unknown items
    /// score 0.
    /// </remarks>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) => IsOneClass
        ? new ScorePredictions(PredictRows(data, (user, item) => Score(user, item), cancellationToken))
        : new RatingPredictions(PredictRows(
            data,
            _options.ClipToLabelRange ? (user, item) => _labels.Clip(Rating(user, item)) : Rating,
            cancellationToken));

    internal static MatrixFactorizationModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<MatrixFactorizationOptions>();
        var users = reader.ReadVocabulary("users");
        var items = reader.ReadVocabulary("items");
        return new MatrixFactorizationModel(
            options,
            users,
            items,
            LabelScale.Read(reader),
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

    private double Rating(int user, int item) => (_options.Biases ? _labels.Mean : 0)
        + (_labels.Deviation * (UserSide.BiasOf(user) + Score(user, item)));
}
