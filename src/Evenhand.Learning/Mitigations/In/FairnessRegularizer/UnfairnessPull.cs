namespace Evenhand.Learning.Mitigations.In.FairnessRegularizer;

/// <summary>Moves the targets of ratings against the gradient of an <see cref="Unfairness"/>.</summary>
/// <remarks>
/// Stochastic gradient descent on a row's loss <c>w/2 (target - y)^2</c> descends
/// <c>sum over rows of w/2 (label - y)^2 + W/2 weight U</c>, with W the sum of all w, where the target is
/// <c>label - W/(2 w) weight dU/dy</c>. U depends on y through means over cells, so that <c>dU/dy = w u</c> with one u
/// for all rows of a cell, and the pull of a cell is <c>-W/2 weight u</c>.
/// </remarks>
internal sealed class UnfairnessPull(Unfairness unfairness, double weight) : RatingAdjustment
{
    private const double Smoothing = 0.05;
    private const double LargestPull = 1;

    public override void Adjust(RatingCells cells, Span<double> pulls, Span<double> factors)
    {
        factors.Fill(1);
        pulls.Clear();
        Measure(cells, pulls);
        var total = cells.Weights.Sum();
        foreach (ref var pull in pulls)
        {
            pull = Math.Clamp(-total / 2 * weight * pull, -LargestPull, LargestPull);
        }
    }

    /// <summary>The unfairness.</summary>
    /// <param name="cells">The ratings.</param>
    /// <param name="gradient">To each cell is added the derivative by the prediction of a rating of weight 1 in
    /// it.</param>
    public double Measure(RatingCells cells, Span<double> gradient)
    {
        // Of two groups each is the other's rest, and every measure is symmetric.
        var pairs = cells.Groups == 2 ? 1 : cells.Groups;
        var sum = 0.0;
        for (var group = 0; group < pairs; group++)
        {
            sum += unfairness == Unfairness.NonParity
                ? NonParity(cells, group, 1.0 / pairs, gradient)
                : ByItem(cells, group, 1.0 / pairs, gradient);
        }

        return sum / pairs;
    }

    private static double NonParity(RatingCells cells, int group, double share, Span<double> gradient)
    {
        var (own, rest) = (default(Side), default(Side));
        for (var cell = 0; cell < cells.Weights.Length; cell++)
        {
            (cell % cells.Groups == group ? ref own : ref rest).Add(cells, cell);
        }

        if (own.Weight == 0 || rest.Weight == 0)
        {
            return 0;
        }

        var (value, slope) = Smooth((own.Prediction / own.Weight) - (rest.Prediction / rest.Weight));
        for (var cell = 0; cell < cells.Weights.Length; cell++)
        {
            gradient[cell] += share * (cell % cells.Groups == group ? slope / own.Weight : -slope / rest.Weight);
        }

        return value;
    }

    private double ByItem(RatingCells cells, int group, double share, Span<double> gradient)
    {
        var ratedByBoth = 0;
        for (var item = 0; item < cells.Items; item++)
        {
            ratedByBoth += SidesOf(cells, item, group) is ({ Weight: > 0 }, { Weight: > 0 }) ? 1 : 0;
        }

        var sum = 0.0;
        for (var item = 0; item < cells.Items; item++)
        {
            if (SidesOf(cells, item, group) is not ({ Weight: > 0 } own, { Weight: > 0 } rest))
            {
                continue;
            }

            var (value, ownSlope, restSlope) = Compare(own.Error, rest.Error);
            sum += value;
            for (var other = 0; other < cells.Groups; other++)
            {
                gradient[(item * cells.Groups) + other] += share / ratedByBoth
                    * (other == group ? ownSlope / own.Weight : restSlope / rest.Weight);
            }
        }

        return ratedByBoth == 0 ? 0 : sum / ratedByBoth;
    }

    // The measure of one item with mean errors e and f, and its derivatives by them.
    private (double Value, double OwnSlope, double RestSlope) Compare(double e, double f)
    {
        var ((left, leftSlope), (right, rightSlope)) = unfairness switch
        {
            Unfairness.Value => ((e, 1.0), (f, 1.0)),
            Unfairness.Absolute => (Smooth(e), Smooth(f)),
            Unfairness.Under => (e < 0 ? (-e, -1.0) : (0, 0), f < 0 ? (-f, -1.0) : (0, 0)),
            _ => (e > 0 ? (e, 1.0) : (0, 0), f > 0 ? (f, 1.0) : (0, 0)),
        };
        var (value, slope) = Smooth(left - right);
        return (value, slope * leftSlope, -slope * rightSlope);
    }

    private static (double Value, double Slope) Smooth(double x)
    {
        var root = Math.Sqrt((x * x) + (Smoothing * Smoothing));
        return (root - Smoothing, x / root);
    }

    private static (Side Own, Side Others) SidesOf(RatingCells cells, int item, int group)
    {
        var (own, rest) = (default(Side), default(Side));
        for (var other = 0; other < cells.Groups; other++)
        {
            (other == group ? ref own : ref rest).Add(cells, (item * cells.Groups) + other);
        }

        return (own, rest);
    }

    private struct Side
    {
        public double Weight;
        public double Prediction;
        public double Label;

        public readonly double Error => (Prediction - Label) / Weight;

        public void Add(RatingCells cells, int cell)
        {
            Weight += cells.Weights[cell];
            Prediction += cells.Predictions[cell];
            Label += cells.Labels[cell];
        }
    }
}
