using Evenhand.Data;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>Factors and biases of users and items.</summary>
public sealed class MatrixFactorizationModel : RatingFactorModel
{
    internal const string Name = "matrix-factorization";

    private readonly MatrixFactorizationOptions _options;

    internal MatrixFactorizationModel(MatrixFactorizationOptions options, RatingFactors factors)
        : base(factors, options.Biases ? factors.Labels.Mean : 0, options.ClipToLabelRange) => _options = options;

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <inheritdoc/>
    public override double RatingScale => IsOneClass ? 1 : base.RatingScale;

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
        : base.Predict(data, cancellationToken);

    internal static MatrixFactorizationModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<MatrixFactorizationOptions>();
        return new MatrixFactorizationModel(options, RatingFactors.Read(reader, options.ApproximationRank));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        WriteFactors(writer);
    }
}
