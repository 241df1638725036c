using Evenhand.Learning.Classes;
using Evenhand.Learning.Mitigations.In;

namespace Evenhand.Learning.Linear;

/// <summary>A loss and, beside it, a difference between groups in statistics of soft counts, times the sum of the rows'
/// weights.</summary>
/// <remarks>Not convex. Of the penalty's curvature the part that is positive semidefinite is given, so that Newton
/// steps still lead down.</remarks>
internal sealed class PenalizedLoss : ScoreLoss
{
    private readonly ScoreLoss _loss;
    private readonly GroupPenalty _penalty;
    private readonly RowGroups _groups;
    private readonly int[] _classes;
    private readonly double _scale;
    private readonly double[] _probabilities;
    private readonly SoftCounts[] _counts;
    private readonly double[] _byTruePositives;
    private readonly double[] _byFalsePositives;
    private readonly double[] _truePositives;
    private readonly double[] _falsePositives;

    /// <param name="loss">The loss.</param>
    /// <param name="penalty">The penalty.</param>
    /// <param name="groups">The groups of the rows.</param>
    /// <param name="classes">The class of each row; 1 or 0 where a row has one score.</param>
    public PenalizedLoss(ScoreLoss loss, GroupPenalty penalty, RowGroups groups, int[] classes)
    {
        _loss = loss;
        _penalty = penalty;
        _groups = groups;
        _classes = classes;
        _scale = penalty.Weight * loss.Weights.Sum() / loss.Width;
        _probabilities = new double[classes.Length * loss.Width];
        _counts = [.. Enumerable.Range(0, loss.Width).Select(_ => new SoftCounts(groups.Count))];
        _byTruePositives = new double[groups.Count];
        _byFalsePositives = new double[groups.Count];
        _truePositives = new double[groups.Count];
        _falsePositives = new double[groups.Count];
    }

    public override int Width => _loss.Width;

    public override double[] Weights => _loss.Weights;

    public override double ValueOf(int row, double[] scores) => _loss.ValueOf(row, scores);

    public override double Value(double[] scores)
    {
        Count(scores);
        var penalty = 0.0;
        foreach (var counts in _counts)
        {
            penalty += _penalty.Measure(counts, _byTruePositives, _byFalsePositives);
        }

        return _loss.Value(scores) + (_scale * penalty);
    }

    public override void Expand(double[] scores, double[] residuals)
    {
        _loss.Expand(scores, residuals);
        Count(scores);
        for (var score = 0; score < Width; score++)
        {
            _penalty.Measure(_counts[score], _byTruePositives, _byFalsePositives);
            AddByScores(score, residuals);
        }
    }

    public override void MultiplyCurvature(double[] direction, double[] result)
    {
        _loss.MultiplyCurvature(direction, result);
        for (var score = 0; score < Width; score++)
        {
            _truePositives.AsSpan().Clear();
            _falsePositives.AsSpan().Clear();
            for (var row = 0; row < _classes.Length; row++)
            {
                if (_groups.Codes[row] is >= 0 and var group)
                {
                    var sums = IsOf(row, score) ? _truePositives : _falsePositives;
                    sums[group] += Weights[row] * ChangeOf(row, score, direction);
                }
            }

            _penalty.MultiplyCurvature(
                _counts[score], _truePositives, _falsePositives, _byTruePositives, _byFalsePositives);
            AddByScores(score, result);
        }
    }

    public override void Curvatures(double[] result) => _loss.Curvatures(result);

    public override void Residuals(int row, ReadOnlySpan<double> scores, Span<double> residuals) =>
        throw new NotSupportedException("The penalty is no sum over rows.");

    private bool IsOf(int row, int score) => _classes[row] == (Width == 1 ? 1 : score);

    private void Count(double[] scores)
    {
        scores.CopyTo(_probabilities, 0);
        foreach (var counts in _counts)
        {
            counts.Clear();
        }

        for (var row = 0; row < _classes.Length; row++)
        {
            var probabilities = _probabilities.AsSpan(row * Width, Width);
            if (Width == 1)
            {
                probabilities[0] = LabelClasses.Sigmoid(probabilities[0]);
            }
            else
            {
                LabelClasses.Softmax(probabilities);
            }

            for (var score = 0; _groups.Codes[row] >= 0 && score < Width; score++)
            {
                _counts[score].Add(_groups.Codes[row], IsOf(row, score), Weights[row], probabilities[score]);
            }
        }
    }

    // The change of a probability p as the scores move: p (1 - p) of one score's, else p (its own - the mean of all).
    private double ChangeOf(int row, int score, double[] direction)
    {
        var probabilities = _probabilities.AsSpan(row * Width, Width);
        var of = direction.AsSpan(row * Width, Width);
        if (Width == 1)
        {
            return probabilities[0] * (1 - probabilities[0]) * of[0];
        }

        var mean = 0.0;
        for (var c = 0; c < Width; c++)
        {
            mean += probabilities[c] * of[c];
        }

        return probabilities[score] * (of[score] - mean);
    }

    // Adds the scaled derivatives by one class's counts as derivatives by all scores; the Jacobian of the softmax is
    // symmetric.
    private void AddByScores(int score, double[] result)
    {
        for (var row = 0; row < _classes.Length; row++)
        {
            if (_groups.Codes[row] is not (>= 0 and var group))
            {
                continue;
            }

            var by = _scale * Weights[row] * (IsOf(row, score) ? _byTruePositives : _byFalsePositives)[group];
            var probabilities = _probabilities.AsSpan(row * Width, Width);
            if (Width == 1)
            {
                result[row] += by * probabilities[0] * (1 - probabilities[0]);
                continue;
            }

            for (var c = 0; c < Width; c++)
            {
                result[(row * Width) + c] +=
                    by * probabilities[score] * ((c == score ? 1 : 0) - probabilities[c]);
            }
        }
    }
}
