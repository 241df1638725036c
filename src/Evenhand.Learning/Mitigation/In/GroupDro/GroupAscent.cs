namespace Evenhand.Learning;

/// <summary>Raises the weights of groups with large losses, step by step.</summary>
internal sealed class GroupAscent(double step) : RatingAdjustment
{
    // Logarithms of q over the share of the group; 0 at the start.
    private double[] _logRatios = [];

    public override void Adjust(RatingCells cells, Span<double> pulls, Span<double> factors)
    {
        pulls.Clear();
        var weights = new double[cells.Groups];
        var errors = new double[cells.Groups];
        for (var cell = 0; cell < cells.Weights.Length; cell++)
        {
            weights[cell % cells.Groups] += cells.Weights[cell];
            errors[cell % cells.Groups] += cells.SquaredErrors[cell];
        }

        if (_logRatios.Length == 0)
        {
            _logRatios = new double[cells.Groups];
        }

        // The largest is taken out first, so that no exponential overflows.
        var largest = double.NegativeInfinity;
        for (var group = 0; group < cells.Groups; group++)
        {
            _logRatios[group] += weights[group] == 0 ? 0 : step * errors[group] / weights[group];
            largest = Math.Max(largest, _logRatios[group]);
        }

        var mean = 0.0;
        for (var group = 0; group < cells.Groups; group++)
        {
            factors[group] = Math.Exp(_logRatios[group] - largest);
            mean += weights[group] * factors[group];
        }

        mean /= weights.Sum();
        for (var group = 0; group < cells.Groups; group++)
        {
            factors[group] /= mean;
        }
    }
}
