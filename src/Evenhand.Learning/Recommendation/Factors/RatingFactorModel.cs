using Evenhand.Data;

namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>A factor model that predicts ratings: <c>origin + deviation * (b_u + b_i + p_u q_i)</c>, in units of the
/// standard deviation of the training labels.</summary>
public abstract class RatingFactorModel : FactorModel
{
    private readonly RatingFactors _factors;
    private readonly bool _clips;

    /// <summary>A model of fitted factors.</summary>
    /// <param name="factors">The factors.</param>
    /// <param name="origin">What is predicted where biases and factors say nothing: the mean of the labels, or 0 in
    /// models without biases.</param>
    /// <param name="clips">Whether ratings are kept within the range of the labels.</param>
    private protected RatingFactorModel(RatingFactors factors, double origin, bool clips)
        : base(factors.Users, factors.Items, factors.UserSide, factors.ItemSide) =>
        (_factors, Origin, _clips) = (factors, origin, clips);

    /// <inheritdoc/>
    public override double RatingScale => Labels.Deviation;

    /// <summary>Mean, deviation and range of the training labels.</summary>
    private protected LabelScale Labels => _factors.Labels;

    /// <summary>What is predicted where biases and factors say nothing.</summary>
    private protected double Origin { get; }

    /// <summary>Predicts ratings.</summary>
    /// <remarks>An unknown user or item has neither bias nor factors: the rest of the sum is predicted. In a model
    /// without biases it has the mean factors of the known ones.</remarks>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        new RatingPredictions(PredictRows(
            data, _clips ? (user, item) => Labels.Clip(Rating(user, item)) : Rating, cancellationToken));

    /// <summary>Writes the factors as a part of the model's state.</summary>
    private protected void WriteFactors(ModelWriter writer) => _factors.Write(writer);

    private double Rating(int user, int item) =>
        Origin + (Labels.Deviation * (UserSide.BiasOf(user) + Score(user, item)));
}
