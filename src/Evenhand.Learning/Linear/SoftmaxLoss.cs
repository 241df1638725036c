using Evenhand.Learning.Classes;

namespace Evenhand.Learning.Linear;

/// <summary>The sum of <c>-s ln p_y</c> over rows of weight s and class y, with p the softmax of the row's
/// scores.</summary>
internal sealed class SoftmaxLoss(int[] classes, int width, double[] weights) : ScoreLoss
{
    private readonly double[] _probabilities = new double[weights.Length * width];

    public override int Width => width;

    public override double[] Weights => weights;

    public override double ValueOf(int row, double[] scores)
    {
        var of = scores.AsSpan(row * width, width);
        var (largest, sum) = (double.NegativeInfinity, 0.0);
        foreach (var score in of)
        {
            largest = Math.Max(largest, score);
        }

        foreach (var score in of)
        {
            sum += Math.Exp(score - largest);
        }

        return largest + Math.Log(sum) - of[classes[row]];
    }

    public override void Expand(double[] scores, double[] residuals)
    {
        scores.CopyTo(_probabilities, 0);
        for (var row = 0; row < weights.Length; row++)
        {
            var probabilities = _probabilities.AsSpan(row * width, width);
            LabelClasses.Softmax(probabilities);
            for (var c = 0; c < width; c++)
            {
                residuals[(row * width) + c] = weights[row] * (probabilities[c] - (c == classes[row] ? 1 : 0));
            }
        }
    }

    // The curvature of a row is s (diag(p) - p p').
    public override void MultiplyCurvature(double[] direction, double[] result)
    {
        for (var row = 0; row < weights.Length; row++)
        {
            var probabilities = _probabilities.AsSpan(row * width, width);
            var of = direction.AsSpan(row * width, width);
            var mean = 0.0;
            for (var c = 0; c < width; c++)
            {
                mean += probabilities[c] * of[c];
            }

            for (var c = 0; c < width; c++)
            {
                result[(row * width) + c] = weights[row] * probabilities[c] * (of[c] - mean);
            }
        }
    }

    public override void Curvatures(double[] result)
    {
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = weights[i / width] * _probabilities[i] * (1 - _probabilities[i]);
        }
    }

    public override void Residuals(int row, ReadOnlySpan<double> scores, Span<double> residuals)
    {
        scores.CopyTo(residuals);
        LabelClasses.Softmax(residuals);
        residuals[classes[row]] -= 1;
    }
}
