namespace Evenhand.Learning.Recommendation.FactorizationMachine;

/// <summary>Takes each parameter to its optimum with a ridge of lambda for each row in which its feature takes
/// part.</summary>
/// <param name="lambda">Regularization.</param>
/// <param name="featureWeights">Sum of <c>w x^2</c> over the rows, for each feature.</param>
internal sealed class RidgeConditional(double lambda, double[] featureWeights) : IConditional
{
    public double Renew(int feature, double old, double slope, double curvature)
    {
        var denominator = curvature + (lambda * featureWeights[feature]);
        return denominator <= double.Epsilon ? old : (slope + (old * curvature)) / denominator;
    }
}
