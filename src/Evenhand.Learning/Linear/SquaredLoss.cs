namespace Evenhand.Learning.Linear;

/// <summary>The sum of <c>s / 2 (f - y)^2</c> over rows of weight s, label y and score f.</summary>
internal sealed class SquaredLoss(double[] labels, double[] weights) : ScoreLoss
{
    public override int Width => 1;

    public override double[] Weights => weights;

    public override double ValueOf(int row, double[] scores)
    {
        var error = scores[row] - labels[row];
        return 0.5 * error * error;
    }

    public override void Expand(double[] scores, double[] residuals)
    {
        for (var row = 0; row < scores.Length; row++)
        {
            residuals[row] = weights[row] * (scores[row] - labels[row]);
        }
    }

    public override void MultiplyCurvature(double[] direction, double[] result)
    {
        for (var row = 0; row < direction.Length; row++)
        {
            result[row] = weights[row] * direction[row];
        }
    }

    public override void Curvatures(double[] result) => weights.CopyTo(result, 0);

    public override void Residuals(int row, ReadOnlySpan<double> scores, Span<double> residuals) =>
        residuals[0] = scores[0] - labels[row];
}
