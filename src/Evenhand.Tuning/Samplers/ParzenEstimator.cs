namespace Evenhand.Tuning;

/// <summary>A density over the search space: one component around each of a number of trials, and a uniform prior.</summary>
/// <remarks>A component is a product of kernels, one for each parameter that is active in the proposal; where the component's
/// trial does not have the parameter, its kernel is uniform.</remarks>
internal sealed class ParzenEstimator
{
    private readonly SearchSpace _space;
    private readonly int[] _dimensions;
    private readonly Kernel?[] _kernels;
    private readonly double[] _logWeights;
    private readonly double[] _logs;
    private readonly double _priorProbability;

    /// <summary>Builds the density.</summary>
    /// <param name="space">The space.</param>
    /// <param name="points">Points of the trials in the unit cube, NaN where a parameter is not active.</param>
    /// <param name="dimensions">The parameters that are estimated, parents first.</param>
    /// <param name="priorWeight">Weight of the prior, where a trial weighs 1.</param>
    public ParzenEstimator(SearchSpace space, IReadOnlyList<double[]> points, int[] dimensions, double priorWeight)
    {
        (_space, _dimensions) = (space, dimensions);
        _kernels = new Kernel?[space.Parameters.Count];
        var total = points.Count + priorWeight;
        foreach (var dimension in dimensions)
        {
            var centres = points.Select(point => point[dimension]).ToArray();
            _kernels[dimension] = space.Parameters[dimension].Domain is CategoricalDomain domain
                ? CategoricalKernel.Create(centres, domain.Choices.Count, priorWeight / total)
                : NumericKernel.Create(centres, Bandwidths(centres, dimensions.Length));
        }

        _logs = new double[points.Count + 1];
        _logWeights = new double[points.Count + 1];
        Array.Fill(_logWeights, -Math.Log(total));
        _logWeights[^1] = Math.Log(priorWeight / total);
        _priorProbability = priorWeight / total;
    }

    /// <summary>Gives values to the estimator's parameters that are active.</summary>
    public void Draw(ParameterSetBuilder builder, Random random)
    {
        var trials = _logs.Length - 1;
        var component = random.NextDouble() < _priorProbability ? trials : random.Next(trials);
        foreach (var dimension in _dimensions)
        {
            if (builder.IsActive(dimension))
            {
                var position = _kernels[dimension]!.Draw(component, random);
                builder.Set(dimension, _space.Parameters[dimension].Domain.FromUnit(position));
            }
        }
    }

    /// <summary>Logarithm of the density, where parameters with single values count by their probability.</summary>
    public double LogDensity(ParameterSetBuilder builder)
    {
        _logWeights.CopyTo(_logs, 0);
        foreach (var dimension in _dimensions)
        {
            if (builder[dimension] is { } value)
            {
                _kernels[dimension]!.AddLogDensities(_space.Parameters[dimension].Domain.CellOf(value), _logs);
            }
        }

        var largest = _logs.Max();
        var sum = 0d;
        foreach (var log in _logs)
        {
            sum += Math.Exp(log - largest);
        }

        return largest + Math.Log(sum);
    }

    private static double[] Bandwidths(double[] centres, int dimensions)
    {
        var count = centres.Count(centre => !double.IsNaN(centre));
        var smallest = 1d / Math.Min(100, count + 1);
        var bandwidths = new double[centres.Length];
        if (dimensions > 1)
        {
            Array.Fill(bandwidths, Math.Max(smallest, 0.2 * Math.Pow(Math.Max(count, 1), -1d / (dimensions + 4))));
            return bandwidths;
        }

        // To the farther one of the two neighbours.
        var order = Enumerable.Range(0, centres.Length).Where(index => !double.IsNaN(centres[index]))
            .OrderBy(index => centres[index]).ToArray();
        for (var place = 0; place < order.Length; place++)
        {
            var below = place > 0 ? centres[order[place - 1]] : 0;
            var above = place < order.Length - 1 ? centres[order[place + 1]] : 1;
            var centre = centres[order[place]];
            bandwidths[order[place]] = Math.Clamp(Math.Max(centre - below, above - centre), smallest, 1);
        }

        return bandwidths;
    }
}
