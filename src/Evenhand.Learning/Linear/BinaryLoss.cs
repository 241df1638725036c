using Evenhand.Learning.Classes;

namespace Evenhand.Learning.Linear;

/// <summary>The sum of <c>s ln(1 + exp(-y f))</c> over rows of weight s, class y = 1 or -1 and log-odds f.</summary>
internal sealed class BinaryLoss(bool[] positives, double[] weights) : ScoreLoss
{
    private readonly double[] _curvatures = new double[weights.Length];

    public override int Width => 1;

    public override double[] Weights => weights;

    public override double ValueOf(int row, double[] scores)
    {
        // ln(1 + exp(x)), without overflow.
        var x = positives[row] ? -scores[row] : scores[row];
        return Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
    }

    public override void Expand(double[] scores, double[] residuals)
    {
        for (var row = 0; row < scores.Length; row++)
        {
            var probability = LabelClasses.Sigmoid(scores[row]);
            residuals[row] = weights[row] * (probability - (positives[row] ? 1 : 0));
            _curvatures[row] = weights[row] * probability * (1 - probability);
        }
    }

    public override void MultiplyCurvature(double[] direction, double[] result)
    {
        for (var row = 0; row < direction.Length; row++)
        {
            result[row] = _curvatures[row] * direction[row];
        }
    }

    public override void Curvatures(double[] result) => _curvatures.CopyTo(result, 0);

    public override void Residuals(int row, ReadOnlySpan<double> scores, Span<double> residuals) =>
        residuals[0] = LabelClasses.Sigmoid(scores[0]) - (positives[row] ? 1 : 0);
}
