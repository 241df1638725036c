using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>Factors and biases of users and items.</summary>
public sealed class MatrixFactorizationModel : RecommenderModel
{
    internal const string Name = "matrix-factorization";

    private readonly MatrixFactorizationOptions _options;
    private readonly LabelScale _labels;
    private readonly FactorSide _users;
    private readonly FactorSide _items;

    internal MatrixFactorizationModel(
        MatrixFactorizationOptions options,
        Vocabulary users,
        Vocabulary items,
        LabelScale labels,
        FactorSide userSide,
        FactorSide itemSide)
    {
        _options = options;
        Users = users;
        Items = items;
        _labels = labels;
        _users = userSide;
        _items = itemSide;
    }

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <inheritdoc/>
    public override Vocabulary Users { get; }

    /// <inheritdoc/>
    public override Vocabulary Items { get; }

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
        ? new ScorePredictions(PredictRows(data, Product, cancellationToken))
        : new RatingPredictions(PredictRows(
            data,
            _options.ClipToLabelRange ? (user, item) => _labels.Clip(Rating(user, item)) : Rating,
            cancellationToken));

    /// <inheritdoc/>
    public override void Score(int user, Span<double> scores)
    {
        if (IsOneClass)
        {
            for (var item = 0; item < Items.Count; item++)
            {
                scores[item] = Product(user, item);
            }

            return;
        }

        for (var item = 0; item < Items.Count; item++)
        {
            scores[item] = Rating(user, item);
        }
    }

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

    internal override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        _labels.Write(writer);
        _users.Write(writer, "user");
        _items.Write(writer, "item");
    }

    private double Product(int user, int item) => FloatVectors.Dot(_users.FactorsOf(user), _items.FactorsOf(item));

    private double Rating(int user, int item)
    {
        var scaled = _users.BiasOf(user) + _items.BiasOf(item) + Product(user, item);
        return (_options.Biases ? _labels.Mean : 0) + (_labels.Deviation * scaled);
    }
}
