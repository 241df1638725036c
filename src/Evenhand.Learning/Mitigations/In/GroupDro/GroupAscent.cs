namespace Evenhand.Learning.Mitigations.In.GroupDro;

/// <summary>Raises the weights of groups with large losses, step by step.</summary>
internal sealed class GroupAscent(double step) : RatingAdjustment
{
    private GroupWeights? _ascent;

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

        _ascent ??= new GroupWeights(step, new double[cells.Groups]);
        _ascent.Ascend(weights, errors);
        _ascent.Factors(weights, factors);
    }
}
